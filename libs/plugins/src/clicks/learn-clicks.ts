import type { Artifact as ArtifactParts, ClickData } from '@attune/algorithms';
import { keptSlates, type ArtifactDraft, type JsonValue, type TrainingData, type TrainingRun } from '@attune/sdk';
import type { Exam } from '../exams/exam.js';
import type { Learn } from '../exams/learn-by.js';
import { namesOf, planOf, type CasePlan } from './case-plan.js';
import { casesOf } from './click-cases.js';
import { clickFields } from './click-fields.js';
import { holdOutShowings, judgeClicks, type HeldShowings } from './click-gate.js';
import { sourceOf } from '../models/shared-model.js';
import { clickPlanOf, type OpenClicks } from './click-model.js';
import type { ClickOptions } from './click-options.js';
import { pastShowings } from './past-showings.js';

/** Learns a model of cases; what it is stored as. */
export type FitClicks<O> = (data: ClickData, options: O, run: TrainingRun) => Parts | Promise<Parts>;
type Parts = Pick<ArtifactParts, 'meta' | 'arrays'>;

/** Learns what comes of what is shown; ids by the names of fields. Throws an Error with the fix where there is nothing to learn. */
export const learnClicks =
  <O extends ClickOptions>(fit: FitClicks<O>): Learn<O> =>
  async (data, options, run) => {
    const { goal, fields, fewest } = options;
    const { showings, labels } = pastShowings(data, options);
    const plan = planOf(clickFields(fields), showings, fewest);
    assertTelling(plan, options);
    const { meta, arrays } = await fit({ ...casesOf(plan, showings), labels }, options, run);
    const names = namesOf(plan);
    const slots = Object.fromEntries(names.map((name) => [name, plan.values.get(name)!.slots]));
    const asked = fields as Readonly<Record<string, JsonValue>>;
    const taken = labels.reduce((sum, label) => sum + label, 0);
    return {
      meta: { ...meta, goal, asked, slots, fewest, slates: showings.length, cases: labels.length, taken },
      arrays: arrays as ArtifactDraft['arrays'],
      ids: Object.fromEntries(names.map((name) => [name, idsOf(plan, name)])),
    };
  };

interface HeldClicks extends HeldShowings {
  readonly rest: TrainingData;
}

/** Asks a model about the last tenth of the slates, each item at its place. */
export const clickExam = <O extends ClickOptions>(open: OpenClicks): Exam<O, HeldClicks> => ({
  holdOut(data, options) {
    const parts = holdOutShowings(pastShowings(data, options));
    if (parts === undefined) return undefined;
    const first = data.exposures!.at.length - parts.held.showings.length;
    return { ...parts, rest: keptSlates(data, (slate) => slate < first) };
  },
  async judge(draft, held, { gate }, run) {
    const source = sourceOf(draft);
    const { plan } = clickPlanOf(source);
    const { ask, close } = await open(source, run.graphs);
    const told = await Promise.resolve(ask(casesOf(plan, held.held.showings))).finally(close);
    return judgeClicks(held, told, gate);
  },
});

function idsOf({ values }: CasePlan, name: string): readonly string[] {
  const { vocabulary } = values.get(name)!;
  return Array.from({ length: vocabulary.size }, (_, row) => vocabulary.id(row));
}

/** Throws an Error with the fix where an option names what no case has, or nothing tells items apart. */
function assertTelling(plan: CasePlan, { fields, fewest }: ClickOptions): void {
  const known = new Set(namesOf(plan));
  const asked = [
    ...fields.context.map(
      (key) => [`context.${key}`, 'send it with requests, or drop it from fields.context'] as const,
    ),
    ...fields.user.map((name) => [`user.${name}`, 'send users with it, or drop it from fields.user'] as const),
    ...fields.items
      .filter((path) => path.startsWith('attributes.'))
      .map((path) => [path, 'send items with it, or drop it from fields.items'] as const),
  ];
  for (const [name, fix] of asked)
    if (!known.has(name)) throw new Error(`no value of '${name}' is that of ${fewest} items that were shown: ${fix}`);
  if (!plan.fields.ofItem.some(({ name }) => known.has(name)))
    throw new Error(
      `nothing tells items apart: none was shown ${fewest} times, nor is there ${fewest} times what fields.items names: lower fewest`,
    );
}
