import { z } from 'zod';
import { foldInOptions } from './folded.model.js';

/** Options of both sides of `bought-together`. */
export const togetherOptions = foldInOptions.extend({
  /** Whose companions: those of the page or cart, of the history, or (auto) of the history where there are no seeds. */
  from: foldInOptions.shape.from.unwrap().default('seeds'),
  /** Name of the model: the artifact of the trainer of this id. */
  artifact: z.string().default('bought-together'),
});
