import { bpr } from './models/bpr.learner.js';
import { buyAgain } from './models/buy-again.learner.js';
import { ease, easeLocal } from './models/ease.learners.js';
import { ials } from './models/ials.learner.js';
import { itemKnn } from './models/item-knn.learner.js';
import { lambdaMart } from './models/lambdamart.learner.js';
import { popular } from './models/popular.learner.js';
import { recentNeighbors } from './models/recent-neighbors.learner.js';
import { recentSales } from './models/recent-sales.learner.js';
import { rp3beta } from './models/rp3beta.learner.js';
import { sessionKnn } from './models/session-knn.learner.js';
import { bert4Rec, sasRec, xlnet4Rec } from './models/transformers.learners.js';
import { transitions } from './models/transitions.learner.js';
import { userKnn } from './models/user-knn.learner.js';
import type { RecommenderLearner } from './recommender.learner.js';

/** Learners that rank a catalogue, the quick ones first: what they leave of their time goes to those after them. */
export const RECOMMENDER_LEARNERS: readonly RecommenderLearner[] = [
  popular,
  buyAgain,
  recentSales,
  transitions,
  itemKnn,
  rp3beta,
  userKnn,
  sessionKnn,
  recentNeighbors,
  bpr,
  ease,
  easeLocal,
  ials,
  lambdaMart,
  sasRec,
  bert4Rec,
  xlnet4Rec,
];
