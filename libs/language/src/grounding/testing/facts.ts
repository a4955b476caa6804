import type { GroundingFacts } from '../lexicon.js';

/** A small catalogue. */
export const FACTS: GroundingFacts = {
  values: new Map([
    ['color', ['red', 'white', 'navy blue', 'matt black', 'oatmeal', 'rust', 'mint']],
    ['closure', ['zip', 'snap button']],
    ['hand_feel', ['yes', 'other', '12']],
    [
      'brand',
      ['Norrland', 'Hydra & Co', 'Falconer', 'Brandt', 'Next', '天堂', 'Kiln & Clay', 'Sonara', '小熊', '云步'],
    ],
  ]),
  names: ['Galaxy Pendant', 'Mug', 'Gift Bag', '月光茶壶'],
};
