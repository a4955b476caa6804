import { offerPrompt, type OfferWords, type Tone, type WrittenLanguage } from '@attune/language';
import { heldOffer, templateOffer, type OfferCheck, type OfferInvention } from '@attune/language/understanding';
import { AttuneError, PortError, type Llm } from '@attune/sdk';
import { inTime, type ServerCall } from '../llm/call-for.js';
import { heldText, toldRefusals, type TextToWrite } from '../llm/write-text.js';
import type { TenantPlatform } from '../platform/tenant-platform.js';
import type { Offer } from './offer.schema.js';
import type { OfferOnItems } from './wanted-items.js';

/** How messages are to be written. */
export interface Wording {
  readonly language: WrittenLanguage;
  readonly tone: Tone;
  readonly blocked: readonly string[];
  /** Whose request it is: kept with the log of what was sent, and never sent. */
  readonly userId: string;
}

/** Who writes: absent, the template does. */
export interface OfferWriter {
  readonly llm: Llm;
  readonly facts: TenantPlatform['facts'];
  readonly call: ServerCall;
}

export interface OfferMessage {
  readonly text: string;
  readonly language: WrittenLanguage;
  readonly source: 'model' | 'template';
  readonly prompt?: string;
  readonly model?: string;
  /** What the model said beyond the offer, where its text was therefore not used. */
  readonly refused?: OfferInvention[];
}

/** An offer as it is told in a language: the shop's words in it, and of kinds that are told by them alone, in any. */
export function wordsOf({ kind, percent, amount, texts }: Offer, language: WrittenLanguage): OfferWords {
  const isOwn = kind === 'gift' || kind === 'bundle';
  return { kind, percent, amount, ...(texts[language] ?? (isOwn ? (texts.en ?? texts.zh) : undefined)) };
}

/**
 * A message about an offer: the language model's where it is there in time and says no more and no less than the offer, else
 * the template's. Undefined where nothing of it may be shown. Why it is not the model's, the call is told.
 */
export async function offerMessage(
  { offer, items }: OfferOnItems,
  wording: Wording,
  writer: OfferWriter | undefined,
): Promise<OfferMessage | undefined> {
  const { language } = wording;
  const said = { offer: wordsOf(offer, language), titles: items.map(({ title }) => title), language };
  const refused: OfferInvention[] = [];
  const written = writer === undefined ? undefined : await byModel({ ...said, ...wording }, writer, refused);
  if (written !== undefined) return { ...written, language, source: 'model' };
  const text = templateOffer(said, wording);
  if (text === undefined) return undefined;
  return { text, language, source: 'template', ...(refused.length > 0 && { refused: toldRefusals(refused) }) };
}

type Asked = Omit<OfferCheck, 'facts'> & Wording;

async function byModel(
  asked: Asked,
  { llm, facts, call }: OfferWriter,
  refused: OfferInvention[],
): Promise<Pick<OfferMessage, 'text' | 'prompt' | 'model'> | undefined> {
  try {
    const known = await inTime(facts.get(), call.deadline);
    if (known === undefined) return void call.degrade('DEADLINE_EXCEEDED', 'the catalogue was not read in time');
    const prompt = offerPrompt(asked.tone, asked.language);
    const text: TextToWrite<OfferInvention> = {
      prompt: prompt.name,
      evidence: 'the terms of the offer',
      ask: (avoid) => ({ ...prompt.ask({ offer: asked.offer, titles: asked.titles, avoid }), userId: asked.userId }),
      hold: (answer) => heldOffer(prompt.read(answer).message, { ...asked, facts: known }),
    };
    return await heldText(text, { llm, call, refused });
  } catch (error) {
    // The offer is counted by now: a catalogue that cannot be read keeps nobody from it.
    const isForeseen = error instanceof PortError || (error instanceof AttuneError && error.retryable);
    if (!isForeseen) throw error;
    call.degrade(error.code, error.detail);
  }
  return undefined;
}
