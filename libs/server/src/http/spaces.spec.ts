import type { Item } from '@attune/sdk';
import { versionOf } from '../spaces/testing/version-of.js';
import type { Spaces } from '../spaces/list-spaces.js';
import { item } from '../testing/scratch-stores.js';
import { gatewayForEach } from './testing/test-gateway.js';

const [OLD, NEW] = [versionOf('text', 'old'), versionOf('text', 'new')];
const gateway = gatewayForEach({ spaces: [OLD, NEW] });
const { call, problem } = gateway;

const ITEMS: readonly Item[] = Array.from({ length: 200 }, (_, i) => item(`i${i}`, `Item ${i}`));

/** Puts vectors of so many items into a version. */
async function fill(version: string, count: number): Promise<void> {
  const { items } = gateway.tenant.stores;
  await items.upsert(ITEMS);
  await items.setVectors(version, ITEMS.slice(0, count), new Float32Array(2 * count).fill(1));
}
const use = (version: string, space = 'text') => call('PUT', `/v1/spaces/${space}`, { version });
/** Which versions there are, whether each is in use, and what it lacks. */
async function listed(): Promise<readonly (readonly [string, boolean, number])[]> {
  const { spaces } = (await call('GET', '/v1/spaces')).json<Spaces>();
  return spaces[0]!.versions.map(({ id, inUse, missing }) => [id, inUse, missing]);
}

it('tells the versions, puts one into use that is filled, and back', async () => {
  await fill(OLD.id, 200);
  await fill(NEW.id, 198);
  expect(await listed()).toEqual([
    ['text@old', true, 0],
    ['text@new', false, 2],
  ]);
  for (const [version, place] of [
    [NEW.id, 1],
    [NEW.id, 1],
    [OLD.id, 0],
  ] as const) {
    const answer = await use(version);
    expect(answer.status).toBe(200);
    expect(answer.json<Spaces>().spaces[0]!.versions.map(({ inUse }) => inUse)).toEqual([place === 0, place === 1]);
  }
});

it('refuses a version that lacks too much, and leaves the other in use', async () => {
  await fill(OLD.id, 200);
  await fill(NEW.id, 197);
  const { detail } = await problem(await use(NEW.id), 409, 'SPACE_NOT_FILLED');
  expect(detail).toBe("3 of 200 items have no vector in 'text@new' yet");
  expect((await listed())[0]).toEqual(['text@old', true, 0]);
});

it('refuses what there is not, and bodies that are none', async () => {
  await problem(await use('text@older'), 404, 'SPACE_NOT_FOUND');
  await problem(await use(NEW.id, 'image'), 404, 'SPACE_NOT_FOUND');
  await problem(await use(NEW.id, '__proto__'), 404, 'SPACE_NOT_FOUND');
  await problem(await call('PUT', '/v1/spaces/text', { version: 1 }), 400, 'VALIDATION_FAILED');
  await problem(await call('PUT', '/v1/spaces/text', { version: NEW.id, force: true }), 400, 'VALIDATION_FAILED');
  const compare = { type: 'compare', space: 'text', version: 'text@older', surface: 'home' };
  await problem(await call('POST', '/v1/jobs', compare), 404, 'SPACE_NOT_FOUND');
});
