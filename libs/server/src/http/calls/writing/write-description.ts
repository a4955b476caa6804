import { descriptionPrompt, WRITTEN_LANGUAGES, type DescriptionStyle, type WrittenLanguage } from '@attune/language';
import {
  heldDescription,
  templateDescription,
  type DescriptionCheck,
  type GroundingFacts,
  type Invention,
} from '@attune/language/understanding';
import { AttuneError, PortError, type Item, type Llm } from '@attune/sdk';
import { languageOf } from '@attune/text';
import { callFor, inTime, type ServerCall } from '../../../llm/call-for.js';
import type { Platform, TenantPlatform } from '../../../platform/tenant-platform.js';
import type { DescriptionAsked, ItemDescription } from '../../operations/writing.operations.js';
import { getOne } from '../catalogue.js';
import { Writer } from './writer.js';

/** The second time it is told what it invented the first time. */
const TRIES = 2;
/** More of what a model invented tells nobody more. */
const [MOST_REFUSED, LONGEST_REFUSED] = [20, 100];
const NO_FACTS: GroundingFacts = { values: new Map() };

/**
 * A description of one item: the language model's where it is there in time and invents nothing, else the template's.
 * @throws AttuneError ITEM_NOT_FOUND; NOTHING_TO_WRITE where not even its title may be shown.
 */
export async function describeItem(
  id: string,
  asked: DescriptionAsked,
  { tenant, platform }: { readonly tenant: TenantPlatform; readonly platform: Pick<Platform, 'clock' | 'config'> },
): Promise<ItemDescription> {
  const { clock, config } = platform;
  const call = callFor({ tenant: tenant.tenant, deadlineMs: asked.deadlineMs, clock });
  const item = await getOne(id, tenant);
  const style = { tone: asked.tone, length: asked.length, language: asked.language ?? ownLanguage(item) };
  const writer = Writer.of(tenant, platform);
  const given = { item, style, blocked: config.llm.blocked };
  const written = await byModel(given, writer, call);
  const common = { id: item.id, language: style.language };
  if ('text' in written)
    return {
      ...common,
      description: written.text,
      source: 'llm',
      prompt: written.prompt,
      model: written.model,
      degraded: [],
    };
  const description = templateDescription(item, style, { facts: NO_FACTS, blocked: given.blocked });
  if (description === undefined) throw new AttuneError('NOTHING_TO_WRITE', `the title of '${id}' has nothing to show`);
  const refused = refusedOf(written.refused);
  const degraded = [...call.degraded];
  return { ...common, description, source: 'template', ...(refused.length > 0 && { refused }), degraded };
}

interface Given extends Omit<DescriptionCheck, 'facts' | 'style'> {
  readonly style: DescriptionStyle;
}

type Written =
  | { readonly text: string; readonly prompt: string; readonly model: string }
  | { readonly refused: readonly Invention[] };

/** Why there is no text of the model's, the call is told. */
async function byModel(given: Given, writer: Writer, call: ServerCall): Promise<Written> {
  const refused: Invention[] = [];
  try {
    const llm = await writer.llm();
    const facts = await inTime(writer.facts.get(), call.deadline);
    if (facts === undefined) {
      call.degrade('DEADLINE_EXCEEDED', 'the catalogue was not read in time');
      return { refused };
    }
    for (let i = 0; i < TRIES; i++) {
      const written = await tryOnce({ ...given, facts }, refused, { llm, call });
      if ('text' in written) return written;
      refused.push(...written.refused);
    }
    call.degrade('LLM_UNUSABLE', 'the texts of the language model say what the data of the item do not');
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    call.degrade(error.code, error.detail);
  }
  return { refused };
}

/** @throws PortError where there is no text that could be shown. */
async function tryOnce(
  check: Given & { readonly facts: GroundingFacts },
  before: readonly Invention[],
  { llm, call }: { readonly llm: Llm; readonly call: ServerCall },
): Promise<Written> {
  const prompt = descriptionPrompt(check.style);
  const avoid = [...new Set(before.map(({ text }) => text))];
  const answer = await llm.answer(prompt.ask({ item: check.item, avoid }), call);
  const held = heldDescription(prompt.read(answer).description, check);
  if ('unusable' in held) throw new PortError('LLM_UNUSABLE', held.unusable);
  if ('inventions' in held) return { refused: held.inventions };
  return { text: held.text, prompt: prompt.name, model: llm.model };
}

/** Each thing once. */
function refusedOf(inventions: readonly Invention[]): NonNullable<ItemDescription['refused']> {
  const once = new Map(
    inventions.map(({ kind, text }) => [`${kind} ${text}`, { text: text.slice(0, LONGEST_REFUSED), kind }]),
  );
  return [...once.values()].slice(0, MOST_REFUSED);
}

/** Of another language than those texts are written in: English. */
function ownLanguage({ language, title }: Item): WrittenLanguage {
  const own = language?.split('-', 1)[0]?.toLowerCase() ?? languageOf(title);
  return WRITTEN_LANGUAGES.find((one) => one === own) ?? 'en';
}
