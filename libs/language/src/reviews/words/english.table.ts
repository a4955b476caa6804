import type { OpinionRow } from './opinion-row.js';

/** English words of praise and blame; plurals need no phrase of their own. */
export const ENGLISH_OPINIONS: readonly OpinionRow[] = [
  [
    'good',
    undefined,
    'good, great, excellent, amazing, awesome, fantastic, wonderful, perfect, perfectly, brilliant, ' +
      'superb, outstanding, lovely, nice, nicely, best, better, love, loved, loves, adore, happy, happier, ' +
      'pleased, satisfied, impressed, impressive, delighted, fabulous, terrific, exceptional, incredible, ' +
      'fine, solid, decent, first class, top notch, spot on, exceeded, i like|liked, we like|liked, really ' +
      'like|liked, liked, like it|them, like the|this|that|how, enjoy, enjoyed, super, thrilled, glad, ' +
      'favorite, favourite, reliable, helpful, useful, as expected, magnificent, heavenly, marvelous, ' +
      'marvellous, praise, praised, commend, splendid, faultless, flawless, beautiful job',
  ],
  [
    'good',
    undefined,
    'recommend, recommended, buy again, buy another|more, order again, will be back, no ' +
      'problem|problems|issue|issues|complaint|complaints, no fault, problem free, cannot fault, cant ' +
      'fault, could not be happier|better|more_pleased, couldnt be happier|better|more_pleased, couldnt ask ' +
      'for, nothing to complain, no regret, without a|any problem, without issue, could be worse, beyond my ' +
      'expectation, a must have, must have, a hit, a treat, a joy, a pleasure, five star, 5 star, thumbs ' +
      'up, works a treat, gem, winner, so much fun',
  ],
  [
    'bad',
    undefined,
    'bad, poor, poorly, terrible, awful, horrible, dreadful, worst, worse, disappointing, disappointed, ' +
      'disappointment, disappoint, hate, hated, dislike, useless, rubbish, garbage, junk, crap, crappy, ' +
      'trash, mediocre, inferior, ugh, unhappy, dissatisfied, unsatisfied, annoying, annoyed, frustrating, ' +
      'frustrated, unacceptable, pathetic, lousy, subpar, waste of money|time, save your money, do not|dont ' +
      'buy|bother, avoid, regret, return it, returned, returning, sent back, sent it back, send it back, ' +
      'had to return, problem, issue, trouble, complaint, fault, faulty, fail, failed, defective, wrong, ' +
      'not again, stay away, beware, rip off, ripoff, scam, leave a lot to be desired, leaves much to be ' +
      'desired, one star, 1 star, thumbs down, not impressed, unfortunately, sadly, joke, nightmare, mess, ' +
      'disaster, shame, lacking, complain, complained, criticize, criticized',
  ],
  ['fair', undefined, 'ok, okay, average, so so, acceptable, alright, all right, nothing special, adequate'],
  [
    'bad',
    'quality',
    'cheap quality, cheaply made, feel cheap, look cheap, cheap feeling|looking|plastic|material|feel|and ' +
      'nasty, shoddy, tacky, badly|poorly made, flimsy, crooked, uneven, wobbly, wobble, wobbles, damaged, ' +
      'scratched, cracked, chipped, dented, tatty, loose thread, crack, stain, low quality, low grade, ' +
      'sloppy, defect',
  ],
  [
    'good',
    'quality',
    'well made, well built, beautifully made, high quality, good quality, top quality, premium, solidly ' + 'built',
  ],
  [
    'good',
    'size',
    'true to size, fit perfectly|well|great|like a glove|nicely, fits perfectly, right size, perfect ' + 'fit|size',
  ],
  [
    'bad',
    'size',
    'run small|large|big, did not fit, doesnt fit, dont fit, didnt fit, does not fit, not fit, tight, ' +
      'loose, baggy',
  ],
  ['good', 'color', 'vivid, vibrant, colorful, colourful, rich color|colour'],
  ['bad', 'color', 'dull, garish, washed out'],
  ['good', 'material', 'soft, softer, silky, smooth, thick, breathable, cozy, cosy, plush, warm'],
  ['bad', 'material', 'scratchy, itchy, rough, stiff, coarse, thin, see through'],
  [
    'good',
    'design',
    'beautiful, beautifully, prettier, nicer, gorgeous, stylish, elegant, pretty, cute, attractive, ' +
      'stunning, sleek, look good|great|nice|lovely|amazing|fantastic, looks good, charming, classy, ' +
      'adorable, chic, eye catching, well designed',
  ],
  ['bad', 'design', 'ugly, hideous, old fashioned, dated, unattractive, badly|poorly designed'],
  ['good!', 'comfort', 'comfortable, comfy, comfortably'],
  ['bad!', 'comfort', 'uncomfortable, hurt, blister, painful, sore, pinch, dig in, rub'],
  [
    'good!',
    'ease-of-use',
    'easy to use|install|assemble|set_up|put_together|operate|follow|understand|fit|build, user friendly, ' +
      'intuitive, simple to use|install|assemble|set_up, effortless',
  ],
  ['good', 'ease-of-use', 'easy, easier, easily, simple, convenient, handy, straightforward, practical'],
  [
    'bad!',
    'ease-of-use',
    'hard|difficult|impossible to use|install|assemble|set_up|put_together|operate|open|understand, ' +
      'complicated, confusing, fiddly, impractical, cumbersome, clumsy, hour to ' +
      'put_together|assemble|set_up',
  ],
  ['bad', 'ease-of-use', 'difficult, awkward, inconvenient, take forever|age|hour'],
  [
    'good',
    'durability',
    'durable, sturdy, sturdier, robust, long lasting, hard wearing, last long, last for year|age, stood ' +
      'the test, built to last',
  ],
  [
    'good!',
    'durability',
    'still work|working|like new, still going strong, held up well, hold up well, held up, unbreakable',
  ],
  [
    'bad!',
    'durability',
    'broke, broken, break, breaks, breaking, snapped, tore, torn, ripped, rip, faded, fade, shrank, ' +
      'shrunk, rusted, rust, peeled, peeling, cracked after, stopped working, stop working, quit working, ' +
      'fell apart, fall apart, falling apart, wore out, worn out, died, dead after, came apart, come apart, ' +
      'came off, come off, fell off, pilling, bobbled, did not last, didnt last, fragile, unravel, ' +
      'unravelled, collapsed',
  ],
  [
    'good!',
    'performance',
    'work perfectly|well|great|fine|as_expected|as_described|beautifully, does the job, do the job, ' +
      'powerful, do|does exactly what it says, do|does what it says, efficient, effective',
  ],
  ['good', 'performance', 'fast, faster, quick, responsive, quickly, accurate, precise, properly'],
  [
    'bad!',
    'performance',
    'does not work, doesnt work, did not work, didnt work, dont work, do not work, not work, never ' +
      'worked, slow to respond, laggy, lag, leak, leaked, leaking, overheat, crash, freeze, ineffective, ' +
      'underpowered, malfunction',
  ],
  ['bad', 'performance', 'slow, slowly, weak, unreliable, sluggish, inaccurate'],
  [
    'good!',
    'cleaning',
    'easy to clean|wash, easy clean, wash well, clean easily, cleans easily, wipe clean, dishwasher safe',
  ],
  ['bad!', 'cleaning', 'hard|difficult|impossible to clean|wash, hard to get clean'],
  ['good', 'weight', 'lightweight, light weight, very light, so light, nice and light, light enough, super light'],
  ['good', 'smell', 'smell good|nice|great|lovely|amazing|wonderful|divine|fresh, smells good'],
  ['bad!', 'smell', 'stink, stinks, stank, smelly, smell bad|awful|terrible|horrible|like, stinky, reek, pungent'],
  [
    'good!',
    'taste',
    'tasty, delicious, yummy, flavorful, flavourful, taste good|great|nice|lovely|amazing|delicious, ' +
      'juicy, tasted good|great|nice|lovely',
  ],
  [
    'bad!',
    'taste',
    'bland, tasteless, taste bad|awful|terrible|horrible, sour, stale, inedible, disgusting, rancid, ' +
      'soggy, flavorless',
  ],
  ['good', 'sound', 'crisp, quieter, sound good|great|amazing|fantastic, quiet, silent'],
  [
    'bad',
    'sound',
    'noisy, tinny, muffled, crackly, crackle, crackling, hiss, distorted, rattle, too loud, very loud, so ' +
      'loud, loud',
  ],
  ['good!', 'battery', 'long battery life, hold its|a charge, charge quickly|fast, last all day'],
  [
    'bad!',
    'battery',
    'drain fast|quickly, drains, drain, does not hold a charge, wont charge, will not charge, battery ' +
      'die, battery died, short battery life, does not charge, doesnt charge',
  ],
];
