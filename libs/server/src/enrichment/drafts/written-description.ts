import { descriptionPrompt, WRITTEN_LANGUAGES, type DescriptionStyle, type WrittenLanguage } from '@attune/language';
import {
  heldDescription,
  templateDescription,
  type DescriptionCheck,
  type GroundingFacts,
  type Invention,
} from '@attune/language/understanding';
import { PortError, type Call, type Item, type Llm } from '@attune/sdk';
import { languageOf } from '@attune/text';

/** The second time it is told what it invented the first time. */
const TRIES = 2;
const NO_FACTS: GroundingFacts = { values: new Map() };

/** What is to be written about. */
export interface ToDescribe extends Omit<DescriptionCheck, 'facts' | 'style'> {
  readonly style: DescriptionStyle;
}

/** What a language model writes with. */
export interface DescriptionWriter {
  readonly llm: Llm;
  readonly facts: GroundingFacts;
  readonly call: Call;
  /** Gets what the model invents, of every try. */
  readonly refused: Invention[];
}

/** A text of a language model in which nothing is invented. */
export interface WrittenByModel {
  readonly text: string;
  readonly prompt: string;
  readonly model: string;
}

/** The language model's description. @throws PortError where there is none that could be shown. */
export async function modelDescription(given: ToDescribe, writer: DescriptionWriter): Promise<WrittenByModel> {
  for (let i = 0; i < TRIES; i++) {
    const written = await tryOnce(given, writer);
    if (written !== undefined) return written;
  }
  throw new PortError('LLM_UNUSABLE', 'the texts of the language model say what the data of the item do not');
}

async function tryOnce(
  given: ToDescribe,
  { llm, facts, call, refused }: DescriptionWriter,
): Promise<WrittenByModel | undefined> {
  const prompt = descriptionPrompt(given.style);
  const avoid = [...new Set(refused.map(({ text }) => text))];
  const answer = await llm.answer(prompt.ask({ item: given.item, avoid }), call);
  const held = heldDescription(prompt.read(answer).description, { ...given, facts });
  if ('unusable' in held) throw new PortError('LLM_UNUSABLE', held.unusable);
  if ('text' in held) return { text: held.text, prompt: prompt.name, model: llm.model };
  refused.push(...held.inventions);
  return undefined;
}

/** The template's description; undefined where not even the title may be shown. */
export const ownDescription = ({ item, style, blocked }: ToDescribe): string | undefined =>
  templateDescription(item, style, { facts: NO_FACTS, blocked });

/** Of another language than those texts are written in: English. */
export function ownLanguage({ language, title }: Item): WrittenLanguage {
  const own = language?.split('-', 1)[0]?.toLowerCase() ?? languageOf(title);
  return WRITTEN_LANGUAGES.find((one) => one === own) ?? 'en';
}
