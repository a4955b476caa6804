import type { WordRule } from './categories.js';

const themes =
  'retrospot|paisley|vintage|skull|spaceboy|dolly girl|union jack|gingham|heart|rose|strawberry|butterfly|bird|owl|cat|' +
  'dinosaur|woodland|babushka|regency|suki|star|fairy|circus|london|apple|red riding hood|baroque|antique|retro|love';

/** Patterns, ranges and themes; the label is the tag. */
export const TAG_RULES: readonly WordRule[] = [
  ...themes.split('|').map((word) => ({ label: word, words: word })),
  { label: 'polka dot', words: 'polka dot|spotty|spot' },
  { label: 'flower', words: 'flower|floral|daisy' },
  { label: 'dog', words: 'dog|scottie' },
  { label: 'charlie & lola', words: 'charlie & lola|charlie and lola' },
  { label: 'toadstool', words: 'toadstool|mushroom' },
  { label: 'stripe', words: 'stripe|striped|stripey' },
  { label: 'children', words: "children's|child's|kid|baby|nursery", not: 'baby pink|baby blue' },
  { label: 'set', words: 'set of|pack of' },
];

const colors =
  'red|blue|green|pink|white|black|ivory|cream|yellow|purple|orange|grey|brown|silver|gold|turquoise|lilac|mint|beige|' +
  'multicolour|fuchsia|navy|bronze|clear|teal';

const notColors =
  'ice cream|hand cream|red riding hood|gold fish|white spirit|green house|black board|clear up|orange scented';

/** Color words, spelled as the shop spells them. */
export const COLOR_RULES: readonly WordRule[] = colors
  .split('|')
  .map((word) => ({ label: word, words: word, not: notColors }));

const materials =
  'glass|metal|ceramic|zinc|paper|wicker|enamel|felt|porcelain|crystal|acrylic|slate|silk|cotton|leather|bamboo|rattan|' +
  'resin|plastic|copper|raffia|canvas|polyester';

const notMaterials = 'magnifying glass|toilet paper|wrapping paper|writing paper';

/** Materials named in a title. */
export const MATERIAL_RULES: readonly WordRule[] = [
  { label: 'wood', words: 'wood|wooden' },
  ...materials.split('|').map((word) => ({ label: word, words: word, not: notMaterials })),
];

/** Sizes: with the colors, the words by which variants of one product may differ. */
export const SIZE_RULES: readonly WordRule[] = 'small|medium|large|mini|big|giant'
  .split('|')
  .map((word) => ({ label: word, words: word }));
