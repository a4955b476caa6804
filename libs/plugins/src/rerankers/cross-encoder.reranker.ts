import { withLogits } from '@attune/algorithms';
import { defineReranker, type Call, type PairScorer } from '@attune/sdk';
import { z } from 'zod';
import { headSortedBy, sameOrder } from '../language/head-order.js';
import { itemText } from '../language/item-text.js';

const options = z.strictObject({
  /** Folder of the model: a bundled one by name, else a path relative to the configuration. */
  model: z.string().min(1),
  /** Candidates read with the query, the best by score; each takes some milliseconds. */
  pool: z.int().min(2).max(200).default(20),
  /**
   * Share of the model (logits ÷ 10) against the score before (scaled to 0..1 within the pool): 1 is the model alone. The default is
   * what a logistic regression learned on judged searches of the demo shop.
   */
  weight: z.number().min(0).max(1).default(0.45),
  /** Characters read of a candidate: title, brand and the beginning of the description. */
  maxChars: z.int().min(10).max(5000).default(200),
});

/** Share of a new measurement in the running mean. */
const LEARNING_RATE = 0.2;
/** What is left of the mean after a skip. */
const FORGETTING = 0.98;
/** How much longer than its time a call that was cut off is taken to need. */
const CUT_OFF = 1.25;

/**
 * Reads the query together with each of the best candidates (a cross-encoder, Nogueira and Cho 2019) and orders these by
 * what it says; what is behind keeps its order. Leaves the slate as it is without a query and, with the note
 * `TIME_TOO_SHORT`, where the time that is left is shorter than what the pool has been taking. A model that cannot be
 * opened is an error at the start.
 */
export const crossEncoderReranker = defineReranker({
  id: 'cross-encoder',
  version: '1.1.0',
  config: options,
  needs: ['query', 'items'],
  uses: ['pairScore'],
  budget: { hardMs: 100 },
  traits: { tier: 'sequence' },
  async setup({ model, pool, weight, maxChars }, { pairScore }) {
    const scorer = new TimedScorer(await pairScore.open(model));
    return {
      depth: pool,
      warmup: async (call) => void (await scorer.score('warm up', ['a text'], call)),
      async rerank({ request: { query }, candidates: { size, items }, scores }, call) {
        const head = Math.min(pool, size);
        if (query === undefined || query.text.trim() === '' || head < 2) return sameOrder(size);
        const expectedMs = Math.ceil(scorer.msPerPair * head);
        if (!scorer.hasTimeFor(head, call)) {
          call.note('TIME_TOO_SHORT', `${head} pairs take ${expectedMs} ms`);
          return sameOrder(size);
        }
        const texts = items.slice(0, head).map((item) => itemText(item, maxChars));
        return headSortedBy(withLogits(scores, await scorer.score(query.text, texts, call), weight), size);
      },
    };
  },
});

/** A pair scorer that knows how long it takes, by the clock of its calls' deadlines. */
class TimedScorer {
  /** Running mean, milliseconds; 0 before the first call. */
  msPerPair = 0;
  constructor(private readonly scorer: PairScorer) {}

  /** A no is forgotten little by little, so that a slow minute does not silence it for good. */
  hasTimeFor(pairs: number, { deadline }: Call): boolean {
    const enough = deadline.remainingMs() > pairs * this.msPerPair;
    if (!enough) this.msPerPair *= FORGETTING;
    return enough;
  }

  async score(query: string, texts: readonly string[], call: Call): Promise<Float32Array> {
    const before = call.deadline.remainingMs();
    const msPerPair = (): number => Math.max(0, before - call.deadline.remainingMs()) / texts.length;
    try {
      const logits = await this.scorer.score(query, texts, call);
      this.msPerPair += (this.msPerPair === 0 ? 1 : LEARNING_RATE) * (msPerPair() - this.msPerPair);
      return logits;
    } catch (error) {
      // Cut off in the middle: it would have taken longer than it was given.
      this.msPerPair = Math.max(this.msPerPair, CUT_OFF * msPerPair());
      throw error;
    }
  }
}
