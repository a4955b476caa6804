import { sample, uniform } from '../metrics/bootstrap.js';

const GROUPS = 4;
const GROUP_SIZE = 8;
const USERS = 64;

/** Items of a user in order: six of the eight of a group, each followed by the next one of the group. */
function walkOf(user: number): readonly string[] {
  const start = Math.floor(user / GROUPS);
  return Array.from({ length: 6 }, (_, step) => `g${user % GROUPS}-${(start + step) % GROUP_SIZE}`);
}

/** Lines `user item item …`: what comes next follows from the last item, and its group from any; all are equally popular. */
export const plantedLines = (): string =>
  Array.from({ length: USERS }, (_, user) => `user-${user} ${walkOf(user).join(' ')}\n`).join('');

/** A table with the splits of strong generalization: users have six items of a group's eight, by chance. */
export function plantedSplits(): string {
  const random = uniform(5);
  const rows = Array.from({ length: 3 * USERS }, (_, user) => {
    const group = Array.from({ length: GROUP_SIZE }, (__, i) => `g${user % GROUPS}-${i}`);
    const items = sample(group, 6, Math.floor(random() * 2 ** 32));
    const [known, wanted] = SPLITS[Math.floor(user / GROUPS) % SPLITS.length]!;
    return items.map((item, i) => `user-${user},${item},${i % 3 < 2 ? known : wanted}\n`);
  });
  return `user,item,split\n${rows.flat().join('')}`;
}

/** Of a user's known items and of those to be found; half of the users are learned from. */
const SPLITS = [
  ['train', 'train'],
  ['train', 'train'],
  ['val_in', 'val_out'],
  ['test_in', 'test_out'],
] as const;

/** Ratings of rank three: users and items are learner or strict, and half of the users like odd items; half of all pairs. */
export function plantedRatings({ folds }: { readonly folds: boolean }): string {
  const random = uniform(3);
  const pairs = Array.from({ length: 40 * 24 }, (_, i) => ({ user: Math.floor(i / 24), item: i % 24 }));
  const rows = pairs
    .filter(() => random() < 0.5)
    .map(({ user, item }, i) => {
      const kindness = 0.4 * ((user % 5) - 2) + 0.4 * ((item % 3) - 1);
      const taste = (user + item) % 2 === 0 ? 0.6 : -0.6;
      const rating = 3 + kindness + taste + 0.2 * (random() - 0.5);
      return `u${user},i${item},${rating.toFixed(2)}${folds ? `,${i % 4}` : ''}\n`;
    });
  return `user,item,rating${folds ? ',fold' : ''}\n${rows.join('')}`;
}
