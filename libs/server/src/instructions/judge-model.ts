import type { InstructionLine } from '@attune/language';
import { askLines, type AskLinesOptions } from './ask-lines.js';
import { instructionFigures, type InstructionFigures, type TokenPrices } from './instruction-figures.js';
import { openAskedModel, type AskedModel } from './open-asked-model.js';

export interface JudgeModelOptions extends Omit<AskLinesOptions, 'model'> {
  readonly asked: AskedModel;
  /** Default: nothing is said of cost. */
  readonly prices?: TokenPrices | undefined;
}

/** A model and its figures. */
export interface JudgedModel extends InstructionFigures {
  /** Names model and place. */
  readonly model: string;
  /** Why it ended before all lines were asked, an abortion aside. */
  readonly stoppedBy: string | undefined;
}

/**
 * Asks a model held-out lines at temperature 0 and tells how good it is. Aborted, it tells of those that were answered.
 * @throws ModelError `refused` where the model cannot be opened; the message has the fix.
 */
export async function judgeModel(
  lines: readonly InstructionLine[],
  { asked, prices, ...options }: JudgeModelOptions,
): Promise<JudgedModel> {
  const model = await openAskedModel(asked);
  try {
    const answers = await askLines(lines, { ...options, model });
    const { stoppedBy } = answers;
    return { model: model.id, stoppedBy, ...instructionFigures(answers, { lines: lines.length, prices }) };
  } finally {
    await model.close();
  }
}
