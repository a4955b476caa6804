import type { Invention } from '@attune/language/understanding';
import { AttuneError, PortError } from '@attune/sdk';
import {
  modelDescription,
  ownDescription,
  ownLanguage,
  type ToDescribe,
} from '../../../enrichment/drafts/written-description.js';
import { callFor, inTime, type ServerCall } from '../../../llm/call-for.js';
import { openedOnce } from '../../../llm/opened-once.js';
import { toldRefusals, type WrittenText } from '../../../llm/write-text.js';
import type { Platform, TenantPlatform } from '../../../platform/tenant-platform.js';
import type { DescriptionAsked, ItemDescription } from '../../operations/writing.operations.js';
import { getOne } from '../catalogue.js';

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
  const given = { item, style, blocked: config.llm.blocked };
  const written = await byModel(given, tenant, call);
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
  const description = ownDescription(given);
  if (description === undefined) throw new AttuneError('NOTHING_TO_WRITE', `the title of '${id}' has nothing to show`);
  const refused = toldRefusals(written.refused);
  const degraded = [...call.degraded];
  return { ...common, description, source: 'template', ...(refused.length > 0 && { refused }), degraded };
}

type Written = WrittenText | { readonly refused: readonly Invention[] };

/** Why there is no text of the model's, the call is told. */
async function byModel(given: ToDescribe, tenant: TenantPlatform, call: ServerCall): Promise<Written> {
  const refused: Invention[] = [];
  try {
    const llm = await openedOnce(tenant.llm, 'description');
    const facts = await inTime(tenant.facts.get(), call.deadline);
    if (facts !== undefined) return await modelDescription(given, { llm, facts, call, refused });
    call.degrade('DEADLINE_EXCEEDED', 'the catalogue was not read in time');
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    call.degrade(error.code, error.detail);
  }
  return { refused };
}
