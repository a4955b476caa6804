import { idsOf, type SlateAnswer, type SlateAsked } from './answers.js';
import { writeShop } from './scratch.js';
import { startGateway, type Gateway } from './start-gateway.js';
import { TINY_ITEMS, tinyBatch, tinySurface } from './tiny-shop.js';

/** Default time of a language model's step. */
export const HARD_MS = 40;
export const LLM_KEY = 'the-key';
/** What is done once a file of tests is over. */
export const ends: (() => Promise<unknown>)[] = [];

/** Orders by the alphabet: an order that no other step would make. */
export const byLetters = (messages: readonly { readonly content: string }[]): object => ({
  order: [...messages.at(-1)!.content.matchAll(/^\[(\d+)\] (".*")$/gm)]
    .map(([, number, title]) => ({ number: Number(number), title: JSON.parse(title!) as string }))
    .sort((a, b) => (a.title < b.title ? -1 : 1))
    .map(({ number }) => number),
});

/** Where a language model is. */
interface Service {
  readonly url: string;
  readonly model: string;
}

export const environmentOf = ({ url, model }: Service): Readonly<Record<string, string>> => ({
  ATTUNE_LLM_URL: url,
  ATTUNE_LLM_MODEL: model,
  ATTUNE_LLM_KEY: LLM_KEY,
});

/** Files of a small shop whose home page a language model orders, whatever the gates of the demo say. */
export const llmShopFiles = (config: object, hardMs: number): ReturnType<typeof writeShop> => {
  const rerank = [{ use: 'llm-listwise', hardMs, config: { maxLead: 1, minRemainingMs: 0 } }];
  return writeShop({ surfaces: { home: tinySurface('home', { rerank }) }, config });
};

/** The shop, with its catalogue and some purchases. */
export async function llmShop(llm: Service, config: object = {}, hardMs = HARD_MS): Promise<Gateway> {
  const shop = await startGateway({ ...llmShopFiles(config, hardMs), env: environmentOf(llm) });
  ends.push(() => shop.stop());
  await fill(shop);
  return shop;
}

export async function fill(shop: Gateway): Promise<void> {
  await shop.putItems(TINY_ITEMS);
  await shop.send(...tinyBatch('llm', 0));
}

/** One slate as it comes, whatever was left out of it. */
export const askOnce = (shop: Gateway, asked: Omit<SlateAsked, 'surface'>): Promise<SlateAnswer> =>
  shop.expect('POST', '/v1/recommendations', { surface: 'home', limit: 10, trace: true, ...asked });

export const titlesOf = (slate: SlateAnswer): readonly string[] =>
  idsOf(slate).map((id) => TINY_ITEMS.find((item) => item.id === id)!.title);
export const codesOf = ({ degraded }: SlateAnswer): readonly string[] => degraded.map(({ code }) => code);
export const msOf = ({ trace }: SlateAnswer, name: string): number =>
  trace!.stages.flatMap(({ plugins }) => plugins).find(({ plugin }) => plugin === name)!.ms;
export const isMovedBy = ({ trace }: SlateAnswer, name: string): boolean =>
  trace!.candidates.some(({ movedBy }) => movedBy?.some(({ by }) => by === name));
/** The order of `byLetters`. */
export const SORTED = TINY_ITEMS.map(({ title }) => title).toSorted();
