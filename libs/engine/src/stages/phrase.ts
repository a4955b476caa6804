import type { Explanation, GivenReason } from '@attune/sdk';
import { runStep, type StageRun } from '../runtime/run-step.js';
import type { Step } from '../runtime/step.js';
import { unfitText, type ReasonGround } from '../slate/grounded.js';
import { isReason, type ExplainInput } from './explain.js';

/** What is put into other words: the reasons there are, and what each may speak of `[size]`. */
export interface PhraseInput extends ExplainInput {
  readonly given: readonly (GivenReason | undefined)[];
  readonly grounds: readonly ReasonGround[];
}

/**
 * The reasons in the words of those that phrase, each going on from the one before. Reason, evidence and params stay as they are; a text
 * that cannot be one is left out, item by item, and the slate says so. Who phrased what is in the trace.
 */
export async function phrase(
  steps: readonly Step<'explainer'>[],
  { grounds, ...slate }: PhraseInput,
  run: StageRun,
): Promise<readonly (GivenReason | undefined)[]> {
  let said = slate.given;
  for (const step of steps) {
    if (said.every((one) => one === undefined)) break;
    const given = said;
    const told = await runStep<readonly (Explanation | undefined)[]>(step, run, {
      run: (call) => step.running!.explain({ ...slate, given, request: slate.request.forStep(step.name) }, call),
      broken: (answer) => brokenBy(answer, given),
      neutral: () => [],
    });
    const texts = given.map((reason, place) =>
      fitText(told[place]?.text, reason, grounds[place]!, (why) => {
        run.journal.degrade(step.name, 'PLUGIN_BROKE_CONTRACT', why);
      }),
    );
    const changed = [...texts.keys()].filter((place) => texts[place] !== undefined);
    if (changed.length > 0)
      run.journal.note(step.name, 'REASONS_PHRASED', `places ${changed.map((place) => place + 1).join(', ')}`);
    said = given.map((reason, place) => reason && { ...reason, text: texts[place] ?? reason.text });
  }
  return said;
}

/** A text that is new and may be shown. */
function fitText(
  text: string | undefined,
  reason: GivenReason | undefined,
  ground: ReasonGround,
  refuse: (why: string) => void,
): string | undefined {
  if (reason === undefined || text === undefined || text === reason.text) return undefined;
  const unfit = unfitText(text, reason, ground);
  if (unfit === undefined) return text;
  refuse(unfit);
  return undefined;
}

function brokenBy(
  reasons: readonly (Explanation | undefined)[],
  given: readonly (GivenReason | undefined)[],
): string | undefined {
  if (!Array.isArray(reasons) || reasons.length !== given.length)
    return `${reasons?.length} phrased reasons for ${given.length}`;
  if (!(reasons as readonly unknown[]).every(isReason)) return 'a reason without key, evidence or params';
  const told = reasons as readonly (Explanation | undefined)[];
  const other = told.findIndex(
    (reason, place) => reason !== undefined && meaningOf(reason) !== meaningOf(given[place]),
  );
  return other < 0 ? undefined : `another reason than it was given, at place ${other + 1}`;
}

const meaningOf = (one: Explanation | undefined): string =>
  JSON.stringify(one && [one.reason, one.evidence, Object.entries(one.params)]);
