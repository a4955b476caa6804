import { words } from './word-set.js';

/** Things that are printed, sewn or hung on others, in the singular. Their color may not be that of the thing. */
export const MOTIFS = words(
  'rose rosebud flower daisy tulip poppy lily pansy sunflower blossom bloom peony hydrangea orchid iris lotus bouquet leaf fern ivy ' +
    'tree bird butterfly heart star owl cat dog kitten puppy horse unicorn elephant rabbit bunny hen chick chicken rooster cockerel ' +
    'duck dove swan peacock flamingo parrot robin reindeer deer stag fox bear teddy cow pig sheep lamb lion tiger zebra monkey panda ' +
    'snake dragon dinosaur dragonfly ladybird ladybug bee bug fish shark whale dolphin mermaid seahorse crab lobster shell starfish anchor ' +
    'boat ship car tractor train bus rocket robot skull crown angel fairy princess ballerina pirate cowboy snowman santa snowflake ' +
    'toadstool mushroom apple cherry strawberry lemon pear pineapple watermelon cupcake cake doughnut cactus moon sun cloud rainbow ' +
    'feather paw bow ribbon harlequin toile dot spot',
);

/** Things made in the form of a motif: a "white heart decoration" is white. */
export const MOTIF_THINGS = words(
  'decoration ornament garland bauble charm wreath figurine figure statue toy magnet candle bunting pendant shape light balloon',
);

/** Parts of things. */
export const PARTS = words(
  'trim trimming handle lid rim edge edging border strap lining bow button stitching stitch base sole collar cuff print writing text ' +
    'lettering letter band cord chain backing cap top foot leg wheel zip zipper piping fringe tassel pom pompom sleeve heel lace ' +
    'frill ruffle hem pocket detail accent highlight logo motif stem spout knob embroidery applique sprig bead beading interior inside back lens',
);

/** Patterns on a ground: of one color in a text it is the thing's. */
export const PATTERNS = words('spot dot stripe polkadot polka speckle splash fleck');
/** On a ground of the color before: they say nothing of another thing. */
export const GROUNDS = words(
  'retrospot spotty spotted striped stripy gingham check checked checkered tartan plaid paisley floral damask print printed design pattern patterned ' +
    'glitter gloss matt matte shiny colour color coloured colored version edition wash washed finish',
);
/** Things that a color behind them is rarely part of the name of: "watering can pink bunny" has a bunny on it. */
export const THINGS = words(
  'bag purse wallet handbag backpack box tin mug cup saucer bowl plate dish jug jar vase bottle flask can teapot coaster placemat tray towel flannel apron ' +
    'mitt glove scarf hat shirt dress sock slipper umbrella cushion cover pillow blanket quilt throw rug mat doormat curtain lampshade lamp lantern holder ' +
    'candleholder stand rack hook sign plaque frame mirror clock picture poster canvas card wrap notebook journal album diary pen pencil ruler eraser sticker ' +
    'napkin tissue case pouch warmer doorstop cosy cozy keyring ring necklace bracelet earring brooch clip slide cabinet chest drawer chair stool table shelf ' +
    'basket bin bucket trowel art decoration ornament wreath garland bunting',
);

/** What may come before the color of a thing without being a thing itself. */
export const OPENERS = words(
  'set of pack pair piece box bundle a an the new and & / + vintage antique retro classic modern traditional hanging folding small medium large big mini ' +
    'giant jumbo tiny little wooden wood metal glass ceramic paper plastic cotton velvet silk zinc enamel felt linen round square oval tall short long pretty cute ' +
    'christmas easter halloween xmas birthday wedding decorative decorated painted hand made handmade inflatable light dark luxury party kid child s pc pcs ' +
    'assorted single double triple french english simple plain soft shiny sparkly glitter embroidered knitted quilted crochet padded recycled natural rustic',
);

/** Words beside which fruit and flowers are tastes and scents. */
export const TASTES_AND_SCENTS = words(
  'scent scented fragrance fragranced perfume perfumed aroma aromatherapy potion incense diffuser candle soap bath shampoo lotion balm lip oil spray potpourri ' +
    'pourri tea coffee juice jam jelly marmalade syrup sauce chocolate sweet candy drink cordial squash flavor flavour flavored flavoured ' +
    'taste yogurt cake biscuit cookie ice food vodka gin liqueur wine beer seed bulb peel fruit freshener mist butter scrub vitamin',
);

/** Where colors of metals may say what it is made of. */
export const JEWELRY = words(
  'earring necklace ring bracelet pendant brooch chain bangle charm anklet locket choker cufflink jewelry jewellery neckl cutlery ' +
    'spoon fork knife teaspoon coin ingot bar watch hoop stud plated plate hallmarked carat ct sterling solid',
);

/** A color, size or material behind these is not the thing's: none is proposed. */
export const OF_OTHERS = words(
  'for like than versus vs fit against replace replacing resemble without except excluding',
);
/** Behind these that of a part, or of what it lies on. */
export const OF_PARTS = words(
  'with w wth plus has have having contain containing featuring feature trimmed lined including include on under over inside onto showing',
);
/** A set of things is the things. */
export const AMOUNTS = words(
  'set pack pair box bundle bunch lot piece roll sheet case assortment collection range string bag dozen trio duo tube couple card',
);
export const NEGATIONS = words(
  'not no non never without except minus neither nor anti un less isnt arent sans nicht kein keine pas',
);
/** Said around materials that only seem so. */
export const IMITATED_BEFORE = words(
  'faux fake imitation artificial mock simulated synthetic vegan pretend like pu replica',
);
export const IMITATED_AFTER = words(
  'effect look style like free print printed color colour colored coloured finish tone toned grain scented scent pattern design',
);

/** Words that join values of one thing: "red & white". */
export const JOINERS = words('& + / and n or × 、 和 与 及 或 und et y');

/** Chinese: before a value of something else, or of a part; behind one that may be chosen; behind the color of a motif. */
export const ZH_DENIED = /(?:非|不是|不含|不带|没有|无|免|除|仿|假|类|适合|适用于?|用于|搭配|好配)$/u;
export const ZH_PART_BEFORE = /(?:配|带|附|加|内里|里布|鞋底|底部|边框|盖子)$/u;
export const ZH_CHOSEN_AFTER = /^(?:的)?(?:随机|任选|可选|款可选|等)/u;
export const ZH_MOTIF_AFTER =
  /^(?:的)?(?:图案|印花|花纹|花朵|边框|花边|边|包边|滚边|扣|纽扣|底|字|字体|盖|手柄|把手|拉链|领|袖|鞋底|腰带|肩带|蝴蝶结|刺绣|小花|玫瑰|爱心)/u;
