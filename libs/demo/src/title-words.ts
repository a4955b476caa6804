/** Whole words (upper case, as the shop wrote them) and what they stand for. */
export const ABBREVIATIONS: Readonly<Record<string, string>> = {
  ASS: 'assorted',
  ASST: 'assorted',
  ASSTD: 'assorted',
  "B'FLY": 'butterfly',
  'BLK/WHIT': 'black/white',
  'CHARLIE+LOLA': 'Charlie & Lola',
  CHILDRENS: "children's",
  CHILDS: "child's",
  CHOCOLATECANDLE: 'chocolate candle',
  COL: 'colour',
  DES: 'design',
  DOTCOM: 'Dotcom',
  DOTCOMGIFTSHOP: 'Dotcomgiftshop',
  FLOWE: 'flower',
  FUSCHIA: 'fuchsia',
  'M/COLOUR': 'multicolour',
  'M.O.P': 'mother-of-pearl',
  MED: 'medium',
  NECKL: 'necklace',
  PANTRYDESIGN: 'pantry design',
  PC: 'piece',
  POLKADOT: 'polka dot',
  SMALLFOLKART: 'small folk art',
  FOLKART: 'folk art',
  STOPMETAL: 'stop metal',
  'T-LIGHT': 'T-light',
  'T-LIGHTS': 'T-lights',
  'T-SHIRT': 'T-shirt',
  TLIGHT: 'T-light',
  VINT: 'vintage',
  W: 'with',
  XMAS: 'Christmas',
};

/** Names that keep a capital inside a sentence-case title. */
export const PROPER_NAMES: ReadonlySet<string> = new Set(
  (
    'Acapulco America Antoinette April Bertie Boudicca Britain British Charlie Charlotte Chinese Christmas Columbian ' +
    'Copenhagen Danish December Dolly Dutch Easter Edwardian Egyptian England English Eiffel Empire Elvis Europe ' +
    'France French German Halloween Hyacinth Indian Italian Jack Japanese Jardin Lola London Louis Madras Marie ' +
    'Mexican Montana Moroccan Morris Murano November Oriental Oxford Paris Parisienne Pennine Poirot Provence Regency ' +
    'Rex Robin Romeo Russian Santa Scandinavian Scottie Spaceboy Sunday Suki Swiss Sweden Swedish Turkish Tuscan ' +
    'Union Vegas Venetian Victoria Victorian Willie Winkie Las'
  )
    .split(' ')
    .map((name) => name.toUpperCase()),
);

/** Words that stay in capitals. */
export const ACRONYMS: ReadonlySet<string> = new Set(['I', 'TV', 'USB', 'UK', 'LED', 'BBQ', '3D', 'CD', 'DIY', 'XL']);
