import {
  aspectsOf,
  heldReviewSummary,
  reviewsIn,
  reviewSummary,
  reviewSummaryPrompt,
  type ReviewAspects,
} from '@attune/language/understanding';
import type { z } from 'zod';
import { callFor, type ServerCall } from '../../llm/call-for.js';
import { openedOnce } from '../../llm/opened-once.js';
import { writeText, type WrittenText } from '../../llm/write-text.js';
import type { Platform, TenantPlatform } from '../../platform/tenant-platform.js';
import type { getReviews, ItemReviews } from '../operations/reviews.operations.js';
import { getOne } from './catalogue.js';

type Asked = z.output<(typeof getReviews)['query']>;

interface Parts {
  readonly tenant: TenantPlatform;
  readonly platform: Pick<Platform, 'config' | 'clock'>;
}

/** What the reviews of an item say, by aspect. Throws ITEM_NOT_FOUND. */
export async function reviewsOf(id: string, asked: Asked, { tenant, platform }: Parts): Promise<ItemReviews> {
  const call = callFor({ tenant: tenant.tenant, deadlineMs: asked.deadlineMs, clock: platform.clock });
  const { reviews: blob = '' } = await getOne(id, tenant);
  const { reviews, of } = reviewsIn(blob);
  const aspects = aspectsOf(reviews, { of });
  const { language } = asked;
  const own = reviewSummary(aspects, { language });
  const { blocked } = platform.config.llm;
  // Where there is too little for fixed sentences, there is for others.
  const written =
    asked.words === 'model' && own !== undefined ? await byModel(aspects, { asked, blocked, tenant, call }) : undefined;
  const summary = written?.text ?? own;
  return {
    id,
    ...aspects,
    sentiment: { ...aspects.sentiment },
    aspects: aspects.aspects.map((one) => ({
      ...one,
      quotes: one.quotes.map(({ text, polarity }) => ({ text, polarity })),
    })),
    ...(summary !== undefined && { summary }),
    ...(written === undefined
      ? { source: 'template' }
      : { source: 'llm', prompt: written.prompt, model: written.model }),
    degraded: [...call.degraded],
  };
}

interface Writing {
  readonly asked: Asked;
  readonly blocked: readonly string[];
  readonly tenant: TenantPlatform;
  readonly call: ServerCall;
}

function byModel(reviews: ReviewAspects, { asked, blocked, tenant, call }: Writing): Promise<WrittenText | undefined> {
  const { language } = asked;
  const prompt = reviewSummaryPrompt(language);
  const text = {
    prompt: prompt.name,
    evidence: 'the reviews',
    ask: (avoid: readonly string[]) => prompt.ask({ reviews, avoid }),
    hold: (answer: string) => heldReviewSummary(prompt.read(answer).summary, reviews, { language, blocked }),
  };
  return writeText(text, () => openedOnce(tenant.llm, 'reviews'), call);
}
