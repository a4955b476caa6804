import type { Spaces } from './spaces/spaces.view.js';
import { NO_MODEL, TinyShop } from './testing/tiny-shop.js';

const versions = [{ use: 'other-vector' }];
const shop = new TinyShop(undefined, { ...NO_MODEL, embedders: [{ id: 'text', use: 'one-vector', versions }] });
let first: string;
let other: string;

beforeAll(async () => {
  await shop.serve();
  await shop.fill();
  await shop.run('embed');
  await shop.run('embed', '--backfill');
  const { value } = await shop.json<Spaces>('spaces');
  [first, other] = value.spaces[0]!.versions.map(({ id }) => id) as [string, string];
});
afterAll(() => shop.close());

/** The lines of a table, the spaces of its columns aside. */
const rowsOf = (stdout: string): readonly string[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => line.replaceAll(/ {2,}/g, '  '));

it('lists the versions of a space, and how far each is filled', async () => {
  const { code, stdout } = await shop.run('spaces');
  expect([code, rowsOf(stdout)]).toEqual([
    0,
    [
      'version  dims  vectors  model',
      `${first}  in use  2  filled  one-vector`,
      `${other}  beside  3  filled  other-vector`,
    ],
  ]);
});

it('compares a version with the one in use, and puts it into use and back', async () => {
  const { code, stdout } = await shop.run('spaces', 'compare', other);
  expect([code, rowsOf(stdout)]).toEqual([
    0,
    [
      `${other} beside ${first}, which is in use`,
      '',
      'mean  95 % interval  over',
      'neighbors@10 that stay  1.000  1.000 to 1.000  4 items',
      '',
      'Nobody has bought twice yet: slates cannot be judged.',
    ].map((line): unknown => expect.stringContaining(line)),
  ]);
  expect(rowsOf((await shop.run('spaces', 'use', other)).stdout).slice(1)).toEqual([
    expect.stringContaining(`${first}  beside`),
    expect.stringContaining(`${other}  in use`),
  ]);
  expect((await shop.run('doctor')).stdout).toMatch(/vectors:text .*vector of 3 numbers/);
  expect((await shop.run('spaces', 'use', first)).code).toBe(0);
});

it('says in one line what there is where a version is unknown, or in use already', async () => {
  const { code, stderr } = await shop.run('spaces', 'use', 'text@nothing');
  expect([code, stderr]).toEqual([1, expect.stringContaining(`there are ${first}, ${other}`)]);
  expect((await shop.run('spaces', 'compare', first)).stderr).toContain('is in use already: name another one');
});
