import assert from 'node:assert/strict';
import type { ExplainedSlate, Explanation, Need } from '@attune/sdk';
import { fakeCall } from '../host/fake-call.js';
import type { WorldAsk } from '../worlds/world-request.js';
import type { Bench } from './bench.js';
import { CHECKS } from './check-names.js';
import type { Check } from './check.js';
import { contractParts, Inputs } from './inputs.js';

const { explainer } = CHECKS;
type Explainers = Bench<'explainer'>;

export function explainerChecks(bench: Explainers): readonly Check[] {
  return [
    { name: explainer.aligned, run: () => aligned(bench) },
    { name: explainer.evidence, run: () => evidence(bench) },
    { name: explainer.stranger, run: () => stranger(bench) },
    { name: explainer.shape, run: () => shape(bench) },
    { name: explainer.empty, run: () => empty(bench) },
    { name: explainer.speaks, run: () => speaks(bench) },
    { name: explainer.phrases, run: () => phrases(bench) },
  ];
}

interface Explained {
  readonly slate: ExplainedSlate<Need, string>;
  readonly entries: readonly (Explanation | undefined)[];
}

/** Slates of the whole world, so that every item the explainer could name is a candidate once. */
async function explained(bench: Explainers, asks: readonly WorldAsk[]): Promise<readonly Explained[]> {
  const ids = bench.world.items.map((item) => item.id);
  return bench.using(async (running) => {
    const all: Explained[] = [];
    for (const ask of asks) {
      const slate = new Inputs(bench.world).slate({ ask, ids });
      all.push({ slate, entries: await running.explain(slate, fakeCall()) });
    }
    return all;
  });
}

const asksOf = ({ world }: Explainers): readonly WorldAsk[] => [
  ...contractParts(world).map((part) => part.ask),
  ...world.userIds.slice(0, 4).map((userId) => ({ userId, id: `again-${userId}` })),
];

async function aligned(bench: Explainers): Promise<void> {
  for (const { slate, entries } of await explained(bench, asksOf(bench))) {
    assert.equal(entries.length, slate.candidates.size, 'must give one entry a candidate, undefined for none');
  }
}

async function evidence(bench: Explainers): Promise<void> {
  for (const { slate, entries } of await explained(bench, asksOf(bench))) {
    const { history, session, itemIds } = slate.request;
    const own = new Set([...history.items, ...session.items, ...itemIds]);
    for (const entry of entries) {
      const foreign = entry?.evidence.find((id) => !own.has(id));
      assert.ok(
        foreign === undefined,
        `names ${foreign} as evidence, which the user never touched and the request does not name`,
      );
    }
  }
}

async function stranger(bench: Explainers): Promise<void> {
  for (const { entries } of await explained(bench, [{}, { userId: 'stranger' }])) {
    const some = entries.find((entry) => entry !== undefined && entry.evidence.length > 0);
    assert.ok(
      some === undefined,
      `shows a stranger ${some?.evidence[0]} as his past: without history there is no evidence`,
    );
  }
}

async function shape(bench: Explainers): Promise<void> {
  for (const { entries } of await explained(bench, asksOf(bench))) {
    for (const entry of entries) {
      if (entry === undefined) continue;
      assert.match(
        entry.reason,
        /^[a-z][a-z0-9_.-]*$/i,
        `reason '${entry.reason}' is no message key: words belong to the edge, values to params`,
      );
      assert.ok(Array.isArray(entry.evidence), 'evidence must be a list of ids, empty for none');
      for (const [name, value] of Object.entries(entry.params)) {
        const scalar = typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
        assert.ok(scalar, `param ${name} is ${String(value)}: params are strings and finite numbers`);
      }
    }
  }
}

const empty = (bench: Explainers) =>
  bench.using(async (running) => {
    for (const ask of [{}, { userId: bench.world.userIds[0]! }]) {
      const entries = await running.explain(new Inputs(bench.world).slate({ ask, ids: [] }), fakeCall());
      assert.equal(entries.length, 0, 'explains candidates that are not there');
    }
  });

async function speaks(bench: Explainers): Promise<void> {
  const some = (await explained(bench, asksOf(bench))).some(({ entries }) =>
    entries.some((entry) => entry !== undefined),
  );
  assert.ok(some, `explains nothing to anyone in world '${bench.world.name}': pass a world in which it can speak`);
}

async function phrases(bench: Explainers): Promise<void> {
  if (!bench.plugin.traits.phrases) return;
  for (const { slate, entries } of await explained(bench, asksOf(bench)))
    entries.forEach((entry, place) => {
      if (entry === undefined) return;
      const { text, ...meaning } = entry;
      const { text: _before, ...given } = slate.given[place]!;
      assert.deepEqual(meaning, given, 'answers another reason than it was given: only its text may be new');
      assert.ok(text === undefined || text.length <= 160, `writes ${text?.length} characters: 160 are the most`);
    });
}
