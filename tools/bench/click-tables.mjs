/**
 * MovieLens 100K as a table of cases for `attune evaluate --protocol clicks`: the fields of user and item beside each
 * rating. The files are those of RecBole (ml-100k.inter, .user, .item; plain, or .tsv.gz), which are not ours to pass on.
 *
 *   node tools/bench/click-tables.mjs FOLDER [--by time|user] > table.csv
 *
 * `--by time` (default): the last fifth of all ratings is the test. `--by user`: of each user's ratings, by a column
 * `split`: the first 70 % are learned from, the next 10 % are validation, the last 20 % the test.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';

const FIELDS = ['user', 'item', 'age', 'gender', 'occupation', 'zip', 'year', 'genres'];

/** The table as CSV. */
export function clickTable(folder, by) {
  const users = new Map(rowsOf(folder, 'user').map((row) => [row.user_id, row]));
  const items = new Map(rowsOf(folder, 'item').map((row) => [row.item_id, row]));
  const cases = rowsOf(folder, 'inter')
    .map(({ user_id, item_id, rating, timestamp }) => {
      const { age, gender, occupation, zip_code } = users.get(user_id);
      const { release_year, class: genres } = items.get(item_id);
      const fields = [user_id, item_id, age, gender, occupation, zip_code, release_year, genres.replaceAll(' ', '|')];
      return { fields, user: user_id, rating, time: Number(timestamp) };
    })
    .sort((a, b) => a.time - b.time);
  const parts = by === 'user' ? partsByUser(cases) : undefined;
  const lines = cases.map(({ fields, rating, time }, i) =>
    [...fields, rating, time, ...(parts === undefined ? [] : [parts[i]])].join(','),
  );
  const head = [...FIELDS, 'rating', 'time', ...(parts === undefined ? [] : ['split'])].join(',');
  return `${head}\n${lines.join('\n')}\n`;
}

/** By the place of each case among its user's, oldest first. */
function partsByUser(cases) {
  const counts = new Map();
  const places = cases.map(({ user }) => {
    const place = counts.get(user) ?? 0;
    counts.set(user, place + 1);
    return place;
  });
  return cases.map(({ user }, i) => {
    const share = places[i] / counts.get(user);
    return share < 0.7 ? 'train' : share < 0.8 ? 'val' : 'test';
  });
}

/** Rows of an atomic file by the names of its columns. */
function rowsOf(folder, name) {
  const plain = join(folder, `ml-100k.${name}`);
  const text = existsSync(plain) ? readFileSync(plain) : gunzipSync(readFileSync(`${plain}.tsv.gz`));
  const [head, ...lines] = text.toString('utf8').trim().split(/\r?\n/);
  const names = head.split('\t').map((column) => column.replace(/:.*$/, ''));
  return lines.map((line) => Object.fromEntries(line.split('\t').map((cell, i) => [names[i], cell])));
}

if (resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { by: { type: 'string', default: 'time' } },
  });
  process.stdout.write(clickTable(positionals[0], values.by));
}
