/** Runs of `bench:quality`, by protocol. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clickTable } from './click-tables.mjs';
import { writeItems } from './shop-items.mjs';
import { writePurchases } from './shop-purchases.mjs';

const judgementFiles = (name) => ['queries', 'qrels'].map((part) => `../search-silver/${name}.${part}.tsv`);
/** MovieLens 100K with the fields of user and item; rated 4 and more is positive. */
const likedMovies = (by) => ({
  files: [],
  made: { 'cases.csv': (path, folder) => writeFileSync(path, clickTable(join(folder, '../ml-100k'), by)) },
  minutes: 10,
  bars: { auc: { beside: 'logistic-regression', goal: '+.01' } },
});
/** The demo shop's purchases. `bars`: of everything in a basket, or of what its buyer never bought before. */
const shopBaskets = (part, bars) => ({
  data: `online-retail-2011, ${part}`,
  files: [],
  made: { 'purchases.csv': writePurchases },
  args: ['--basket', part],
  minutes: 12,
  bars: { 'hitRate@10': bars },
});
/** What somebody takes up next. Of all models these have something to say of it; the others' share of the time is better spent. */
const nextItem = (data, bars) => ({
  data,
  minutes: 60,
  models: 'transitions,session-knn,sasrec,blend',
  bars: { 'ndcg@10': bars },
});
const SHOP_MODELS = 'popular,buy-again,recent-sales,recent-neighbors,item-knn,ease';

/** What is evaluated by each protocol, and what is to be reached. Files are relative to the folder of the splits. */
export const RUNS = {
  rating: [
    { data: 'ml100k_kfold5_seed0.csv.gz', minutes: 25, bars: { rmse: { others: 0.9143, bar: 0.912, goal: 0.9 } } },
    {
      data: 'anime_rating_90_10_seed0.csv.gz',
      minutes: 25,
      bars: { rmse: { others: 1.1383, bar: 1.135, goal: 1.12 } },
    },
  ],
  strong: [
    {
      data: 'ml1m_ge4_strong.csv.gz',
      minutes: 30,
      bars: { 'ndcg@100': { others: 0.4252, bar: 0.43, goal: 0.44 }, 'recall@20': { others: 0.3602, bar: 0.362 } },
    },
    { data: 'anime_hist_strong.csv.gz', minutes: 30, bars: { 'ndcg@100': { others: 0.5444, bar: 0.548, goal: 0.56 } } },
  ],
  'next-item': [
    nextItem('ml1m_seq_gsasrec.csv.gz', { others: 0.1821, bar: 0.184, goal: 0.195 }),
    nextItem('beauty_seq_s3rec.csv.gz', { others: 0.0531, bar: 0.053, goal: 0.057 }),
    { ...nextItem('ml1m_seq_gsasrec.csv.gz', { bar: 0.15, goal: 0.17 }), models: 'bert4rec' },
    { ...nextItem('ml1m_seq_gsasrec.csv.gz', { bar: 0.14, goal: 0.16 }), models: 'xlnet4rec' },
  ],
  'next-basket': [
    { ...shopBaskets('new', { others: 0.402, bar: 0.47, goal: 0.49 }), models: `${SHOP_MODELS},lambdamart` },
    { ...shopBaskets('new', { others: 0.402 }), models: `${SHOP_MODELS},blend` },
    { ...shopBaskets('whole', { others: 0.722, bar: 0.75, goal: 0.77 }), models: `${SHOP_MODELS},lambdamart` },
    { ...shopBaskets('whole', { others: 0.722 }), models: `${SHOP_MODELS},blend` },
  ],
  search: [
    {
      data: 'online-retail-2011',
      files: judgementFiles('online-retail-2011'),
      made: { 'items.jsonl': writeItems },
      pairModel: '../../models/ms-marco-MiniLM-L-12-v2',
      minutes: 5,
      bars: { 'ndcg@10': { others: 0.807, bar: 0.807 } },
    },
    {
      data: 'zh-litemall',
      files: [...judgementFiles('zh-litemall'), '../zh-litemall/products.jsonl.gz'],
      minutes: 5,
      bars: { 'ndcg@10': { others: 0.822, bar: 0.822 } },
    },
  ],
  clicks: [
    { data: 'ml-100k, last fifth of all', ...likedMovies('time') },
    { data: 'ml-100k, last fifth of each user', ...likedMovies('user') },
  ],
};
