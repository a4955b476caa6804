import type { OpinionRow } from './opinion-row.js';

/** English words that opinions are on, and those that turn them. */
export const ENGLISH_FRAME: readonly OpinionRow[] = [
  ['noun+', 'quality', 'quality, craftsmanship, workmanship, build, build quality, construction, stitching'],
  ['noun-', 'price', 'price, cost, price tag, price point'],
  ['noun+', 'price', 'value, for the price|money, value for money, bargain, bang for the buck'],
  ['noun', 'size', 'size, sizing, fit, length, width, height, dimension, sleeve, waist'],
  ['noun', 'color', 'color, colour, shade, hue, coloring, colouring'],
  ['noun', 'material', 'material, fabric, cloth, texture, leather, cotton, plastic, wool'],
  ['noun', 'design', 'design, style, look, appearance, pattern, print, shape, styling, finish'],
  ['noun', 'comfort', 'comfort, cushioning, padding'],
  [
    'noun',
    'ease-of-use',
    'setup, set up, setting up, set it up, setting it up, put it together, putting it together, ' +
      'installation, assembly, interface, usability, controls',
  ],
  ['noun', 'durability', 'durability, lifespan'],
  ['noun', 'performance', 'performance, speed, function, functionality, power, suction, grip'],
  ['noun', 'cleaning', 'cleaning, scrubbing'],
  ['noun-', 'weight', 'weight'],
  ['noun', 'packaging', 'packaging, package, packing, packed, packaged, box, wrapping, wrapped, carton'],
  ['noun', 'delivery', 'delivery, shipping, shipment, parcel, arrival, courier, postage, dispatch'],
  ['noun-', 'smell', 'smell'],
  ['noun', 'smell', 'scent, fragrance, aroma, perfume'],
  ['flaw', 'smell', 'odor, odour, stench, fumes, chemical|plastic|musty|burnt|strange|weird|funny smell'],
  ['noun', 'taste', 'taste, flavor, flavour, aftertaste'],
  ['noun', 'sound', 'sound, audio, bass, sound quality, volume, speaker'],
  ['flaw', 'sound', 'noise'],
  ['noun+', 'battery', 'battery, battery life, charge, charging'],
  ['noun', 'service', 'service, customer service, seller, support, staff, vendor, customer support, shop assistant'],
  ['noun', 'instructions', 'instruction, manual, user guide, instruction manual, directions'],
  ['noun', 'likeness', 'description, picture, photo'],
  ['more', 'weight', 'heavy, heavier, bulky'],
  [
    'more',
    'size',
    'big, bigger, large, larger, long, longer, wide, wider, tall, taller, huge, enormous, thicker, ' +
      'tighter, looser, deeper',
  ],
  ['less', 'size', 'small, smaller, short, shorter, narrow, narrower, tiny, little, shallow, low, lower'],
  [
    'more',
    undefined,
    'high, higher, strong, louder, hard, hot, bright, dark, darker, sweet, salty, light, lighter, deep',
  ],
  [
    'not',
    undefined,
    'not, no, never, nothing, isnt, arent, wasnt, werent, dont, doesnt, does not, didnt, wont, wouldnt, ' +
      'cant, cannot, couldnt, hardly, barely, without, neither, nor, nobody, none, far from, anything but, ' +
      'lack, lacks, aint, havent, hasnt',
  ],
  [
    'too',
    undefined,
    'too, a bit, a little, a bit too, a little too, way too, far too, slightly, rather, somewhat, overly, ' + 'a tad',
  ],
  [
    'very',
    undefined,
    'very, really, so, extremely, super, quite, absolutely, totally, incredibly, truly, such, such a, ' +
      'much, a lot, at all, the, its, their, both, all, feel, look',
  ],
  ['and', undefined, 'and, &, plus, as well as'],
  ['but', undefined, 'but, however, though, yet, except, unfortunately the, while, whereas, nevertheless'],
  [
    'although',
    undefined,
    'although, even though, despite, in spite of, other than, apart from, except for, aside from',
  ],
  [
    'wish',
    undefined,
    'wish, i wish, could be, could have been, should be, should have been, would be better|nicer if, if ' +
      'only, would have been nice, would have liked, would have preferred, would prefer, need to be, could ' +
      'do with',
  ],
  ['if', undefined, 'if, whether, hope, hopefully, unless'],
  [
    'surprise',
    undefined,
    'than expected, than i expected|thought|hoped|imagined, than ' +
      'described|advertised|pictured|it_look|the_picture|shown, than we expected|thought',
  ],
  [
    'plain',
    undefined,
    'look like|elsewhere|out|after|up|into, would like, like a, as well, not only, not just, as long as, ' +
      'how long, long time, so long, best friend, best seller, no doubt, dont hesitate, do not hesitate, no ' +
      'longer, no matter, not sure, no idea, no wonder, cant wait, light ' +
      'blue|green|grey|gray|pink|brown|color|colour, a little bit, little one|girl|boy, hard ' +
      'drive|case|cover, break in, tea break, warm up, hot water, good luck, in case, better half, kind of, ' +
      'in fact, best of all, at best, at first, first class post, no need, set of, box of, pretty much, not ' +
      'to mention, good morning, happy birthday, thank god, power supply|cord|cable, look for, looking for, ' +
      'looking forward, look forward, support my back, fit in, for a while, worth noting|mentioning, ' +
      'christmas present, love language, fine print',
  ],
];
