import { descriptionPrompt, WRITTEN_LANGUAGES, type DescriptionStyle, type WrittenLanguage } from '@attune/language';
import {
  heldDescription,
  templateDescription,
  type DescriptionCheck,
  type GroundingFacts,
  type Invention,
} from '@attune/language/understanding';
import type { Item } from '@attune/sdk';
import { languageOf } from '@attune/text';
import { heldText, type TextToWrite, type TextWriter, type WrittenText } from '../../llm/write-text.js';

const NO_FACTS: GroundingFacts = { values: new Map() };

/** What is to be written about. */
export interface ToDescribe extends Omit<DescriptionCheck, 'facts' | 'style'> {
  readonly style: DescriptionStyle;
}

/** What a language model writes with. */
export interface DescriptionWriter extends TextWriter<Invention> {
  readonly facts: GroundingFacts;
}

/** The language model's description. @throws PortError where there is none that could be shown. */
export function modelDescription(given: ToDescribe, { facts, ...writer }: DescriptionWriter): Promise<WrittenText> {
  const prompt = descriptionPrompt(given.style);
  const text: TextToWrite<Invention> = {
    prompt: prompt.name,
    evidence: 'the data of the item',
    ask: (avoid) => prompt.ask({ item: given.item, avoid }),
    hold: (answer) => heldDescription(prompt.read(answer).description, { ...given, facts }),
  };
  return heldText(text, writer);
}

/** The template's description; undefined where not even the title may be shown. */
export const ownDescription = ({ item, style, blocked }: ToDescribe): string | undefined =>
  templateDescription(item, style, { facts: NO_FACTS, blocked });

/** Of another language than those texts are written in: English. */
export function ownLanguage({ language, title }: Item): WrittenLanguage {
  const own = language?.split('-', 1)[0]?.toLowerCase() ?? languageOf(title);
  return WRITTEN_LANGUAGES.find((one) => one === own) ?? 'en';
}
