import type { Aspect } from '../review.types.js';

/**
 * What phrases do in a review.
 * `noun`: names an aspect; `noun+`: more of it is good ("value"), `noun-`: bad ("price"), `flaw`: bad by itself
 * ("noise").
 * `good`, `bad`, `fair` (neither): an opinion on the aspect that is named nearby, else on its own one, else on the
 * whole;
 * `good!`, `bad!`: on its own one whatever is named. `more`, `less`: a dimension, bad only where it is too much.
 * `not`, `too`, `very`, `and`, `but`, `although`, `wish` (what is said is missed), `if` (it is not said to be so),
 * `surprise` ("than expected"): turn others.
 * `plain`: says nothing, so that no part of it does.
 */
export type OpinionKind =
  | 'noun'
  | 'noun+'
  | 'noun-'
  | 'flaw'
  | 'good'
  | 'bad'
  | 'fair'
  | 'good!'
  | 'bad!'
  | 'more'
  | 'less'
  | 'not'
  | 'too'
  | 'very'
  | 'and'
  | 'but'
  | 'although'
  | 'wish'
  | 'if'
  | 'surprise'
  | 'plain';

/** Phrases are parted by commas; `a b|c` stands for "a b" and "a c". */
export type OpinionRow = readonly [kind: OpinionKind, aspect: Aspect | undefined, phrases: string];
