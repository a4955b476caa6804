import type { OpinionRow } from './opinion-row.js';

/** English words of praise and blame for what a shop does: its prices, deliveries and answers. */
export const ENGLISH_TRADE: readonly OpinionRow[] = [
  [
    'good!',
    'price',
    'cheap, cheaper, inexpensive, affordable, worth it, worth the money|price, worth every penny, worth',
  ],
  ['good!', 'price', 'reasonably|fairly|well priced, low cost, reasonable, good deal, great deal, steal, economical'],
  [
    'bad!',
    'price',
    'expensive, overpriced, pricey, pricy, costly, over priced, price elsewhere, cheaper elsewhere, less ' +
      'elsewhere, more than it is worth, exorbitant',
  ],
  [
    'good!',
    'packaging',
    'well packed|packaged|wrapped|boxed, carefully packed|packaged|wrapped, beautifully packaged|wrapped, ' +
      'securely packed|packaged',
  ],
  ['bad!', 'packaging', 'badly|poorly packed|packaged|wrapped'],
  ['bad', 'packaging', 'crushed, squashed'],
  [
    'good!',
    'delivery',
    'arrived|came|delivered quickly|early|promptly|on time|next day|fast, fast|quick|prompt|speedy ' +
      'delivery|shipping, arrived in good time',
  ],
  [
    'bad!',
    'delivery',
    'arrived|came|delivered late, never arrived|came, late delivery, arrived a week late, not arrived, ' +
      'slow delivery|shipping, delivery|shipping took, shipping take, took week|forever|month|age, still ' +
      'waiting, lost in the post',
  ],
  ['good', 'delivery', 'prompt, promptly, on time, early'],
  ['bad', 'delivery', 'late, delayed, delay'],
  ['good', 'service', 'friendly, polite, courteous, refunded, replaced it, quick to reply|respond, kind, attentive'],
  [
    'bad',
    'service',
    'rude, unhelpful, never answered|replied|responded, no answer|reply|response, ignored, refused, ' +
      'unprofessional, impolite',
  ],
  ['bad', 'instructions', 'no instruction|manual, unclear'],
  ['good', 'instructions', 'clear, clearly'],
  [
    'good!',
    'likeness',
    'exactly like the picture|photo|description, as described|pictured|advertised|shown, like the ' +
      'picture|photo, exactly as described|pictured|shown, same as the picture|photo',
  ],
  [
    'bad!',
    'likeness',
    'nothing like the picture|photo|description, different from the picture|photo|description, ' +
      'misleading, not like the picture|photo, false advertising, wrong item|color|colour|size, ' +
      'misdescribed',
  ],
];
