/** The real services of one run of `npm test`. */
import { createHash } from 'node:crypto';
import { down, up } from './set.mjs';

/** Name of the set that tests of the checkout `root` have to themselves. */
export function testSet(root) {
  return `test-${createHash('sha256').update(root).digest('hex').slice(0, 8)}`;
}

/**
 * Brings the services up for tests; one that cannot be had is told, and does not end the run.
 *
 * @returns {Promise<{ env: Record<string, string>, summary: string[] }>} what tests find in their environment, and lines
 *   that name what they ran on
 */
export async function startTestServices(root, { say, signal }) {
  const found = await up(testSet(root), { say, signal });
  const there = found.filter(({ url }) => url !== undefined);
  const missing = found.filter(({ problem }) => problem !== undefined);
  for (const { problem } of missing) say(problem);
  const urls = there.map(({ service, url }) => [service.variable, url]);
  const key = there.map(({ service, version }) => `${service.name}-${version}`).join('+') || 'none';
  return { env: { ...Object.fromEntries(urls), ATTUNE_SERVICES: key }, summary: summaryOf(there, missing) };
}

function summaryOf(there, missing) {
  const ran = there.map(({ service, version, way }) => `${service.title} ${version} (${way})`);
  return [
    ...(ran.length === 0 ? [] : [`real services: ${ran.join(', ')}`]),
    ...missing.map(({ problem }) => `${problem.split('\n')[0]} Tests that need it did not run.`),
  ];
}

/** Stops what the run started, with its data. */
export async function stopTestServices(root, { say }) {
  await down(testSet(root), { keep: false, say, signal: new AbortController().signal });
}
