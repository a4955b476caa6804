import assert from 'node:assert/strict';
import type { Columns, RankedColumns } from '@attune/sdk';
import { fakeCall } from '../host/fake-call.js';
import type { Bench } from './bench.js';
import { CHECKS } from './check-names.js';
import { assertSame, type Check, type RunningOf } from './check.js';
import { columnNames, columnsFor } from './exercises.js';
import { contractParts, Inputs, type AskedPart } from './inputs.js';

const { ranker } = CHECKS;
type Rankers = Bench<'ranker'>;
type Running = RunningOf<'ranker'>;

export function rankerChecks(bench: Rankers): readonly Check[] {
  return [
    { name: ranker.aligned, run: () => aligned(bench) },
    { name: ranker.sums, run: () => sums(bench) },
    { name: ranker.finite, run: () => finite(bench) },
    { name: ranker.abstained, run: () => abstained(bench) },
    { name: ranker.alone, run: () => alone(bench) },
    { name: ranker.empty, run: () => empty(bench) },
    ...(bench.options.monotone ? [{ name: ranker.monotone, run: () => monotone(bench) }] : []),
  ];
}

async function rank(
  bench: Rankers,
  running: Running,
  parts: readonly AskedPart[],
  columns: Columns,
): Promise<RankedColumns> {
  return running.rank(new Inputs(bench.world).batch(parts), columns, fakeCall());
}

const sizeOf = (parts: readonly AskedPart[]): number => parts.reduce((sum, part) => sum + part.ids.length, 0);

/** The contract's batch under seeded columns. */
async function ranked(bench: Rankers, running: Running): Promise<RankedColumns> {
  const parts = contractParts(bench.world);
  return rank(bench, running, parts, columnsFor(columnNames(bench, running), sizeOf(parts)));
}

const aligned = (bench: Rankers) =>
  bench.using(async (running) => {
    const size = sizeOf(contractParts(bench.world));
    const { scores, contributions } = await ranked(bench, running);
    assert.equal(scores.length, size, `gave ${scores.length} scores for ${size} candidates`);
    for (const [name, column] of contributions)
      assert.equal(column.length, size, `contribution ${name} has ${column.length} rows, not ${size}`);
  });

const sums = (bench: Rankers) =>
  bench.using(async (running) => {
    const { scores, contributions } = await ranked(bench, running);
    scores.forEach((score, c) => {
      let sum = 0;
      for (const column of contributions.values()) sum += column[c]!;
      const holds = sum === score || (Number.isNaN(sum) && Number.isNaN(score));
      assert.ok(
        holds,
        `candidate ${c}: contributions add up to ${sum}, the score is ${score}; add them in the map's order, in doubles`,
      );
    });
  });

const finite = (bench: Rankers) => bench.using(async (running) => allFinite(await ranked(bench, running)));

const abstained = (bench: Rankers) =>
  bench.using(async (running) => {
    const parts = contractParts(bench.world);
    const columns = new Map(
      columnNames(bench, running).map((name) => [name, new Float32Array(sizeOf(parts)).fill(NaN)]),
    );
    allFinite(await rank(bench, running, parts, columns));
  });

function allFinite({ scores, contributions }: RankedColumns): void {
  for (const [name, column] of [['score', scores] as const, ...contributions]) {
    const at = column.findIndex((value) => !Number.isFinite(value));
    assert.ok(at < 0, `${name} of candidate ${at} is ${column[at]}: an abstention contributes 0`);
  }
}

const alone = (bench: Rankers) =>
  bench.using(async (running) => {
    const parts = contractParts(bench.world);
    const columns = columnsFor(columnNames(bench, running), sizeOf(parts));
    const together = await rank(bench, running, parts, columns);
    let start = 0;
    for (const [r, part] of parts.entries()) {
      const end = start + part.ids.length;
      const cut = new Map([...columns].map(([name, column]) => [name, column.slice(start, end)]));
      const one = await rank(bench, running, [part], cut);
      const message = `request ${r} of a batch is ranked otherwise than alone: scale within offsets[r]..offsets[r+1]`;
      assertSame(together.scores.slice(start, end), one.scores, message, bench.tolerance);
      start = end;
    }
  });

const empty = (bench: Rankers) =>
  bench.using(async (running) => {
    const none = new Map(columnNames(bench, running).map((name) => [name, new Float32Array(0)]));
    for (const parts of [[], [{ ask: {}, ids: [] }]]) {
      assert.equal((await rank(bench, running, parts, none)).scores.length, 0, 'scored candidates that are not there');
    }
  });

/** All columns alike but one, which rises: scores may not fall. */
const monotone = (bench: Rankers) =>
  bench.using(async (running) => {
    const ids = bench.world.items.slice(0, 6).map((item) => item.id);
    for (const rising of bench.options.monotone ?? []) {
      const columns = new Map(
        columnNames(bench, running).map((name) => [
          name,
          Float32Array.from(ids, (_, i) => (name === rising ? i / 2 - 1 : 0.5)),
        ]),
      );
      const { scores } = await rank(bench, running, [{ ask: {}, ids }], columns);
      scores.forEach((score, c) => {
        assert.ok(
          c === 0 || score >= scores[c - 1]!,
          `more of column ${rising} ranks lower (${scores[c - 1]} → ${score})`,
        );
      });
    }
  });
