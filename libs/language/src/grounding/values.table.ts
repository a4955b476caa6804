/**
 * Values that shoppers choose by, whatever the catalogue knows. Rows are parted by commas; spellings of one thing by "=",
 * the first names it. Words that are as often something else (orange juice, hot chocolate) are left to the catalogue.
 */
export const COLORS =
  'red, crimson, scarlet, maroon, burgundy, vermilion, blue, navy=navy blue, azure, cobalt, cyan, aqua, aquamarine, ' +
  'turquoise, teal, indigo, green, emerald, olive green, khaki, yellow, mustard yellow, amber, orange, coral, ' +
  'apricot, peach, pink, fuchsia=fuschia, magenta, purple, violet, lilac, lavender, mauve, plum, brown, tan, taupe, ' +
  'beige, ecru, ivory, cream, white, off white, black, grey=gray, charcoal, monochrome, ' +
  'multicolor=multicolour=multi color=multi colour=multi colored=multi coloured=multicolored=multicoloured, ' +
  'rainbow, transparent, translucent, reddish, blueish=bluish, greenish, yellowish, pinkish, purplish, brownish, ' +
  'greyish=grayish, whitish, blackish, rosy, silvery, colorful=colourful, colorless=colourless, pastel, neon, ' +
  'fluorescent, iridescent, holographic, metallic, glossy, matte=matt, glitter=glittery, sparkly, ' +
  'striped=stripy=stripe, polka dot=polkadot, floral, tartan, plaid, checked=checkered=chequered, sage, ' +
  'ochre=ocher, champagne, eggshell, cerise, tangerine, chartreuse, periwinkle, sepia, ultramarine, raspberry, ' +
  'russet, fawn, chestnut, seafoam, ombre, pearlescent, opalescent, duotone, two tone, auburn, copper colored, ' +
  'aubergine, anthracite, oatmeal, pistachio, vermillion, carmine, rust colored, sand colored, jet black, petrol ' +
  'blue, gingham, paisley, leopard print, camouflage=camo, patterned';

/** Also words of these before or after them say that they only seem so: "silver-plated", "faux leather". */
export const MATERIALS =
  'gold=golden, silver, sterling silver, rose gold, white gold, bronze, copper, brass, chrome, platinum, titanium, ' +
  'pewter, tin, zinc, nickel, lead, iron=wrought iron, cast iron, steel, stainless steel, carbon steel, ' +
  'aluminium=aluminum, metal, alloy, enamel, wood=wooden, hardwood, softwood, plywood, oak, oakwood, pine, ' +
  'pinewood, walnut, beech, birch, mahogany, teak, acacia, mango wood, driftwood, ebony, cedar, ash wood, bamboo, ' +
  'cork, rattan, wicker, willow, seagrass, jute, hemp, sisal, raffia, straw, leather=leathery, suede, nubuck, fur, ' +
  'sheepskin, cotton, linen, wool=woolen=woollen=woolly, merino, cashmere, mohair, alpaca, silk=silky=silken, ' +
  'satin, velvet=velvety, chiffon, denim, canvas, corduroy, tweed, flannel, fleece, felt, lace, tulle, muslin, ' +
  'hessian=burlap, polyester, nylon, viscose, rayon, modal, lycra=spandex=elastane, microfiber=microfibre, plush, ' +
  'feather, down filled, ceramic, porcelain, china, bone china, stoneware, earthenware, terracotta, clay, glass, ' +
  'borosilicate, crystal, mirrored, plastic, acrylic, perspex, silicone, rubber, resin, melamine, polypropylene, ' +
  'polystyrene, polycarbonate, pvc, vinyl, latex, foam, memory foam, fiberglass=fibreglass, carbon fiber=carbon ' +
  'fibre, kevlar, gore tex, paper, cardboard, mdf, marble, granite, slate, stone, quartz, concrete, cement, ' +
  'plaster, rosewood, spruce, maple, elm, chestnut wood, cherry wood, larch, poplar, chipboard, particleboard, ' +
  'veneer, papier mache, neoprene, tencel=lyocell, cordura, brocade, jacquard, gauze, poplin, percale, sateen, ' +
  'seersucker, jersey, sherpa, angora, goose down, shearling, chenille, taffeta, organza, terry, waffle weave, ' +
  'faux, tpu, abs, eva, ptfe=teflon, bioplastic, epoxy, zirconia, moissanite, garnet, moonstone, obsidian, ' +
  'tungsten, galvanized=galvanised, travertine, soapstone, limestone, sandstone, brick, coir, papyrus, balsa, ' +
  'vellum, parchment, linoleum, wax, beeswax, soy wax, paraffin, pearl, mother of pearl, diamond, ruby, sapphire, ' +
  'topaz, opal, amethyst, jade, onyx, agate, ivory tusk, bone, horn, shell';

export const SIZES =
  'small, medium, large, big, huge, giant, tiny, little, jumbo, mini, miniature, micro, petite, plus size, ' +
  'oversized=oversize, extra large=xl, xxl, xxxl, xs=extra small, king size, queen size, full size, pocket ' +
  'size=pocket sized, travel size=travel sized, family size, bite size=bite sized, one size, compact, slim, wide, ' +
  'narrow, tall, short, long, thick, thin, deep, shallow, heavy, light weight, double, triple, twin, single, round, ' +
  'square, rectangular, oval, circular, hexagonal, octagonal, triangular, heart shaped, star shaped';

/** Whom it is for. */
export const PEOPLE =
  'baby, infant, newborn, toddler, kid, child, teen=teenager=teenage, adult, senior, man, woman, boy, girl, unisex, ' +
  'ladies=lady, gentleman, pregnant, dog, cat, pet, puppy, kitten';

/** Also "Italian style" only seems so. */
export const COUNTRIES =
  'italy=italian, france=french, germany=german, spain=spanish, portugal=portuguese, england=english, ' +
  'britain=british=great britain=united kingdom, scotland=scottish, wales=welsh, ireland=irish, switzerland=swiss, ' +
  'austria=austrian, belgium=belgian, netherlands=dutch=holland, denmark=danish, sweden=swedish, norway=norwegian, ' +
  'finland=finnish, iceland=icelandic, scandinavia=scandinavian=nordic, poland, czech, hungary=hungarian, ' +
  'romania=romanian, greece=greek, turkish, russia=russian, ukraine=ukrainian, usa=american=america=united states, ' +
  'canada=canadian, mexico=mexican, brazil=brazilian, peru=peruvian, argentina=argentinian, chinese, ' +
  'japan=japanese, korea=korean, india=indian, thailand=thai, vietnam=vietnamese, indonesia=indonesian, ' +
  'bali=balinese, malaysia=malaysian, philippines=filipino, taiwan=taiwanese, hong kong, pakistan=pakistani, ' +
  'bangladesh=bangladeshi, nepal=nepalese, tibet=tibetan, persia=persian, iran=iranian, egypt=egyptian, ' +
  'morocco=moroccan, africa=african, kenya=kenyan, ethiopia=ethiopian, australia=australian, new zealand, ' +
  'europe=european, asia=asian, paris=parisian, london, milan, tuscany=tuscan, imported=import';

/** After a measure these only say which way it was taken. */
export const DIRECTIONS = 'wide, tall, long, short, thick, thin, deep, heavy, round, square, big, large';
/** Said before a material: it only seems so. */
export const IMITATIONS =
  'faux, fake, imitation, artificial, mock, simulated, synthetic, vegan, pretend, like, 仿, 假, 镀, 类';
/** Said after a material or a country: of the thing only that much is so. */
export const LIKENESSES =
  'plated, effect, look, style, styled, tone, toned, colored, coloured, color, colour, finish, finished, coated, ' +
  'coating, lined, lining, trim, trimmed, like, inspired, alternative, substitute, free, foil, veneer, handled, ' +
  'tipped, filled, accent, detail, 色, 纹, 感, 风, 式, 味';
/** Said before a color: another color. */
export const SHADES =
  'light, dark, pale, deep, pastel, neon, baby, sky, royal, ice, hot, midnight, forest, powder, dusty, lime, ' +
  'bottle, 深, 浅, 淡, 暗';
