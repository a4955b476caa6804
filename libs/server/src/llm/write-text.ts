import { PortError, type Call, type Llm, type LlmAsk } from '@attune/sdk';
import type { ServerCall } from './call-for.js';

/** The second time the model is told what it said without evidence the first time. */
const TRIES = 2;
/** More of what a model invented tells nobody more. */
const [MOST_REFUSED, LONGEST_REFUSED] = [20, 100];

/** Something that a text says without evidence. */
interface Unfounded {
  readonly text: string;
  readonly kind: string;
}

/** A text that a language model is to write. */
export interface TextToWrite<I extends Unfounded> {
  /** Id and version of the prompt. */
  readonly prompt: string;
  /** What has the evidence, to say that a text goes beyond it: "the data of the item". */
  readonly evidence: string;
  /** `avoid`: what was said before without evidence. */
  ask(avoid: readonly string[]): LlmAsk;
  /** The answer, read and held to what is known. @throws PortError where it cannot be read. */
  hold(
    answer: string,
  ): { readonly text: string } | { readonly inventions: readonly I[] } | { readonly unusable: string };
}

/** A text of a language model in which nothing is invented. */
export interface WrittenText {
  readonly text: string;
  readonly prompt: string;
  readonly model: string;
}

export interface TextWriter<I> {
  readonly llm: Llm;
  readonly call: Call;
  /** Gets what the model invents, of every try. */
  readonly refused: I[];
}

/** The language model's text. @throws PortError where there is none that could be shown. */
export async function heldText<I extends Unfounded>(
  { prompt, evidence, ask, hold }: TextToWrite<I>,
  { llm, call, refused }: TextWriter<I>,
): Promise<WrittenText> {
  for (let i = 0; i < TRIES; i++) {
    const avoid = [...new Set(refused.map(({ text }) => text))];
    const held = hold(await llm.answer(ask(avoid), call));
    if ('text' in held) return { text: held.text, prompt, model: llm.model };
    if ('unusable' in held) throw new PortError('LLM_UNUSABLE', held.unusable);
    refused.push(...held.inventions);
  }
  throw new PortError('LLM_UNUSABLE', `the texts of the language model say what ${evidence} do not`);
}

/** As `heldText`; undefined where there is none that could be shown: why, the call is told. */
export async function writeText<I extends Unfounded>(
  text: TextToWrite<I>,
  open: () => Promise<Llm>,
  call: ServerCall,
): Promise<WrittenText | undefined> {
  try {
    return await heldText(text, { llm: await open(), call, refused: [] });
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    call.degrade(error.code, error.detail);
    return undefined;
  }
}

/** What was refused, as it is told: each thing once, the first ones, and not at length. */
export function toldRefusals<I extends Unfounded>(refused: readonly I[]): Pick<I, 'kind' | 'text'>[] {
  const once = new Map<string, Pick<I, 'kind' | 'text'>>();
  for (const { kind, text } of refused) once.set(`${kind} ${text}`, { text: text.slice(0, LONGEST_REFUSED), kind });
  return [...once.values()].slice(0, MOST_REFUSED);
}
