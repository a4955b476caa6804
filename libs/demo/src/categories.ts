/** One row of a word table: a label, the words that give it and the phrases in which they mean something else. */
export interface WordRule {
  readonly label: string;
  /** Words and phrases of a readable title, lower case, singular, separated by `|`; plurals match too. */
  readonly words: string;
  /** Phrases taken out of the title before its words are looked for. */
  readonly not?: string;
}

/** Category of a product by the words of its title. Words that prove nothing are left out on purpose. */
export const CATEGORY_RULES: readonly WordRule[] = [
  {
    label: 'Bags',
    words: 'bag|handbag|shopper|backpack|rucksack|washbag|purse|wallet|satchel|tote',
    not: 'gift bag|in bag|paper bag|bag charm|party bag|purse notebook|jelly bag|bag 125g|bag 250g|bag 500g',
  },
  {
    label: 'Kitchen',
    words:
      'mug|cup|saucer|bowl|plate|teapot|tea towel|tea cosy|egg cosy|jug|apron|cutlery|spoon|fork|ladle|spatula|cake case|' +
      'cake tin|cakestand|cake stand|cake mould|cake plate|baking|cookie cutter|biscuit|pantry|kitchen|oven|pan|' +
      'measuring|recipe|coaster|beaker|lunch box|snack box|snack tray|bread bin|breadbin|jam jar|jam making|' +
      'chopping board|napkin|placemat|dish|flask|bottle|tumbler|wine glass|sugar|straw|kettle|corkscrew|tea set|teaspoon',
    not: 'hot water bottle|garden fork|egg cup candle|soap dish|tea time|pot plant|name plate|scented|straw hat|peter pan|water bottle',
  },
  {
    label: 'Christmas',
    words: 'christmas|santa|reindeer|snowman|snowflake|bauble|advent|nativity|noel|rudolph|mistletoe',
  },
  { label: 'Easter', words: 'easter' },
  {
    label: 'Candles',
    words: 'candle|candlestick|candleholder|T-light|votive|incense|candelabra|lantern|wax',
    not: 'party candle',
  },
  {
    label: 'Stationery',
    words:
      'notebook|journal|pen|pencil|sketchbook|card|wrap|ribbon|sticker|stamp|envelope|diary|calendar|notepad|eraser|' +
      'rubber|ruler|sharpener|address book|memo|chalk|tape|gift tag|bookmark|letter rack|writing set|crayon|tissue paper|' +
      'wrapping paper|photo album|stationery|memoboard|jotter|gift bag',
    not: 'playing card|travel card|card holder|card game|tape measure|rubber duck|doggy rubber|filler pad',
  },
  {
    label: 'Garden',
    words:
      'garden|watering can|planter|birdhouse|bird house|bird feeder|bird table|bird bath|parasol|potting shed|trowel|' +
      'herb marker|seed|gardener|flowerpot|flower pot|plant pot|trellis|wheelbarrow|grow your own|plant cage',
    not: 'paper parasol|cottage garden|magic garden|garden rose|seed bead|cocktail parasol|in garden|rose garden|bird garden|secret garden',
  },
  {
    label: 'Jewellery',
    words:
      'necklace|bracelet|earring|ring|brooch|pendant|bangle|hair clip|hair comb|hair slide|hair grip|hair tie|hairband|' +
      'charm|jewellery|lariat|choker|tiara|anklet|cufflink',
    not: 'key ring|napkin ring|rustic charm|jewellery box|curtain ring|teething ring|charm wreath',
  },
  {
    label: 'Toys and games',
    words:
      'toy|jigsaw|puzzle|doll|teddy|game|domino|playing card|skipping rope|puppet|spinning top|skittle|marble|yoyo|' +
      'yo yo|kite|ludo|snakes & ladders|glider|tricycle|doll house|colouring|inflatable|rocking horse|feltcraft|' +
      'building block|rubber duck',
    not: 'jumbo bag toy|lunch bag doll|doll house sign|lola toy|marble effect|game over',
  },
  {
    label: 'Home decor',
    words:
      'decoration|photo frame|picture frame|frame|mirror|clock|doormat|cushion|wall art|sign|hanger|hook|doorstop|vase|' +
      'wreath|ornament|wicker heart|hanging heart|heart of wicker|photoframe|knob|throw|rug|curtain|art flower|coat rack|magnet|' +
      'thermometer|wall tidy|quilt|number tile|garland|plaque|paperweight|lampshade|chandelier',
    not: 'clothes hanger|T-light holder|party sign',
  },
  {
    label: 'Lighting',
    words: 'light|lamp|lampshade|chandelier|nightlight|torch|lightbulb',
    not: 'light pink|light blue|light green|light brown|light topaz|painted lightbulb',
  },
  {
    label: 'Party',
    words:
      'party|bunting|birthday|paper chain|balloon|invite|streamer|wedding|confetti|cake case|paper parasol|paper plate',
  },
  {
    label: 'Furniture',
    words: 'cabinet|stool|chair|table|cupboard|bench|bookcase|shelf|armchair|wardrobe|chest of drawers|sideboard',
    not: 'bird table|table cloth|table mat|table run|table top|table football|doll house',
  },
  {
    label: 'Storage',
    words: 'storage|box|basket|tin|jar|crate|trunk|bin|rack|tidy',
    not:
      'in box|in a box|in tin|in a tin|lunch box|snack box|cake tin|toast rack|coat rack|box candle|matchbox|box of|' +
      'gift box|music box|musical box|money box|box sign|advent calendar',
  },
  {
    label: 'Bathroom',
    words: 'bath|bathroom|soap|hand towel|flannel|sponge|shower cap|toilet|toothbrush|washbag',
    not: 'bird bath',
  },
  {
    label: 'Clothing and travel',
    words:
      'umbrella|scarf|slipper|glove|hat|sock|poncho|hand warmer|hot water bottle|luggage tag|passport cover|sunglasses|' +
      'raincoat|shawl|sombrero|travel',
    not: 'sock puppet|oven glove|hat box|travel card',
  },
  {
    label: 'Craft and sewing',
    words: 'sewing|button|knitting|craft|ribbon|fabric patch|embroidery|pincushion|feltcraft',
    not: 'button box',
  },
];
