/**
 * English words of colors. Rows are parted by commas, spellings of one color by "="; the first names it. Behind "<" stands
 * the color that it is a shade of, for catalogues that do not know the shade.
 */
export const PLAIN_COLORS =
  'red, crimson<red, scarlet<red, maroon<red, vermilion<red, burgundy<red=burgandy, blue, navy<blue, teal<blue, ' +
  'turquoise<blue=turquiose=turqouise, aqua<blue=aquamarine, cyan<blue, indigo<blue, cobalt<blue, azure<blue, green, ' +
  'khaki<green, yellow, pink, fuchsia<pink=fuschia=fushia=fuchia, magenta<pink, cerise<pink, purple, mauve<purple, ' +
  'lilac<purple, brown, beige, taupe<beige, ecru<beige, white, off-white<white, ivory<white, black, gray=grey, transparent, ' +
  'multicolor=multicolour=multicolored=multicoloured=multi color=multi colour=multi colored=multi coloured';

/** As often fruit, scents or names: less sure, and no color beside what is eaten or smelled. */
export const LIKELY_COLORS = 'orange, cream<white, violet<purple, tan<brown';

/** Colors, and metals or stones. */
export const METAL_COLORS = 'gold, silver, golden<gold, silvery<silver, rose gold<gold=pink gold';
export const GEM_COLORS = 'amber<yellow, emerald<green, ruby<red, sapphire<blue, coral<pink, amethyst<purple';
export const DULL_METAL_COLORS = 'bronze<brown, copper<brown, jade<green';
/** Colors more often than not. */
export const UNSURE_COLORS =
  'clear<transparent=see through, multicolor=multi=m/colour=m/color, charcoal<gray, eau de nil<green=eau de nile, old rose<pink=dusty rose=dusky rose';

/** Colors only where the text says so: "rose colored", "lavender/white", "mint green". */
export const DOUBTFUL_COLORS =
  'rose<pink, peach<pink, apricot<orange, lemon<yellow, chocolate<brown, coffee<brown, mocha<brown, caramel<brown, honey<yellow, ' +
  'lime<green, mint<green, plum<purple, wine<red, cherry<red, raspberry<red, strawberry<red, pearl<white, snow<white, walnut<brown, ' +
  'ash<gray, smoke<gray, stone<gray, slate<gray, denim<blue, sky<blue';
/** Also at the end, "mat, lavender", where nothing is eaten or smelled. */
export const LAST_COLORS =
  'rust<orange, salmon<pink, terracotta<orange, mustard<yellow, sand<beige, champagne<beige, nude<beige, camel<brown, chestnut<brown, ' +
  'olive<green, sage<green, moss<green, lavender<purple, aubergine<purple, petrol<blue, natural<beige, brick<red';

/** As catalogues shorten them. */
export const SHORT_COLORS =
  'white=wht=whte, black=blk=blck, blue=blu, green=grn, yellow=yel=ylw, pink=pnk, gray=gry, brown=brn=brwn, purple=prpl=purp, ' +
  'silver=slv=slvr, gold=gld, turquoise=turq, orange=orng, ivory=ivry';

/** Before any color: part of its name, not another color. */
export const SHADES = 'light=dark=pale=bright=deep=soft=pastel=neon=dusty=dusky=metallic=matt=matte';

/** Before colors of their own: "navy blue". */
export const SHADES_OF: ReadonlyMap<string, string> = new Map([
  ['red', 'cherry=ruby=wine=blood=fire engine=brick=berry=rose'],
  [
    'blue',
    'navy=sky=royal=baby=powder=ice=icy=electric=cobalt=midnight=petrol=steel=duck egg=denim=ocean=teal=turquoise=aqua=' +
      'marine=cornflower=slate=azure=indigo',
  ],
  [
    'green',
    'forest=bottle=olive=lime=mint=sage=apple=sea=emerald=army=grass=moss=leaf=hunter=jade=fern=military=kelly',
  ],
  ['pink', 'baby=hot=candy=shocking=fuchsia=rose=salmon=blush=powder=bubblegum=coral=neon=magenta'],
  ['yellow', 'lemon=mustard=golden=canary=sunshine'],
  ['orange', 'burnt=tangerine=rust'],
  ['purple', 'royal=violet=plum=lavender'],
  ['brown', 'chocolate=coffee=chestnut=walnut'],
  ['gray', 'charcoal=slate=silver=dove=ash=steel=stone=anthracite'],
  ['white', 'pearl=ivory=creamy=milk=antique'],
  ['black', 'jet=pitch=coal'],
]);
