import type { HeldDescription } from '@attune/language/understanding';
import { PortError, type Llm, type LlmAsk } from '@attune/sdk';
import type { ServerCall } from './call-for.js';

/** The second time the model is told what it said without evidence the first time. */
const TRIES = 2;

/** A text that a language model is to write. */
export interface TextToWrite {
  /** Id and version of the prompt. */
  readonly prompt: string;
  /** `avoid`: what was said before without evidence. */
  ask(avoid: readonly string[]): LlmAsk;
  /** The answer, read and held to what is known. @throws PortError where it cannot be read. */
  hold(answer: string): HeldDescription;
}

/** A text of a language model in which nothing is invented. */
export interface WrittenText {
  readonly text: string;
  readonly prompt: string;
  readonly model: string;
}

/** The language model's text; undefined where there is none that could be shown: why, the call is told. */
export async function writeText(
  { prompt, ask, hold }: TextToWrite,
  open: () => Promise<Llm>,
  call: ServerCall,
): Promise<WrittenText | undefined> {
  try {
    const llm = await open();
    const avoid = new Set<string>();
    for (let i = 0; i < TRIES; i++) {
      const held = hold(await llm.answer(ask([...avoid]), call));
      if ('text' in held) return { text: held.text, prompt, model: llm.model };
      if ('unusable' in held) throw new PortError('LLM_UNUSABLE', held.unusable);
      for (const { text } of held.inventions) avoid.add(text);
    }
    call.degrade('LLM_UNUSABLE', 'the texts of the language model say what nothing is known of');
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    call.degrade(error.code, error.detail);
  }
  return undefined;
}
