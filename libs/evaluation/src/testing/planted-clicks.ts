import { uniform } from '../metrics/bootstrap.js';

/** Cases with a time, newest first: users click what is of their own color, in nine of ten cases; the hour says nothing. */
export function plantedClicks(count: number): string {
  const random = uniform(4);
  const rows = Array.from({ length: count }, (_, i) => {
    const [user, item, hour] = [8, 6, 24].map((size) => Math.floor(random() * size)) as [number, number, number];
    const label = Number((user + item) % 2 === 0) ^ Number(random() < 0.1);
    return `u${user},i${item},${hour},${label},${1_000_000 - i}\n`;
  });
  return `user,item,hour,click,time\n${rows.join('')}`;
}
