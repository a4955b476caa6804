import { foldInOptions } from './folded.model.js';
import { trainedOptions } from './trained-steps.js';

/** Options of both sides of `bought-together`. */
export const togetherOptions = trainedOptions('bought-together').extend({
  /** Whose companions: those of the page or cart, of the history, or (auto) of the history where there are no seeds. */
  from: foldInOptions.shape.from.unwrap().default('seeds'),
});
