/** Words of fields, by the name an attribute has or the field of the item. */
export const FIELD_WORDS: ReadonlyMap<string, string> = new Map([
  ['color', 'color|colors|颜色|色系'],
  ['size', 'size|sizes|尺码|尺寸|大小|码|码数|号码'],
  ['material', 'material|materials|材质|材料|质地|面料'],
  ['style', 'style|风格|款式'],
  ['brand', 'brand|brands|make|品牌|牌子'],
  ['categories', 'category|categories|分类|类别|种类|品类'],
  [
    'price.amount',
    'price|prices|budget|cost|price limit|price range|pricing|money|how much it costs|what it costs|价格|价钱|预算|价位|钱|贵一点|贵点|贵一些|贵些',
  ],
]);

/** Currencies by their words: the codes they may stand for, the most usual first. Of several, the shop's is meant. */
export const CURRENCY_WORDS: Readonly<Record<string, string>> = {
  'GBP EGP': '£|pound|pounds|quid|英镑|镑',
  GBP: 'gbp|sterling|pound sterling|british pounds',
  'USD CAD AUD NZD SGD HKD TWD MXN': '$|dollar|dollars|buck|bucks',
  USD: 'usd|us dollars|us dollar|us $|美元|美金|刀|美刀',
  EUR: '€|eur|euro|euros|欧元|欧',
  'CNY JPY': '¥|￥',
  'CNY TWD HKD': '元|块|块钱|圆',
  CNY: 'cny|rmb|yuan|renminbi|人民币|元人民币|kuai|块人民币',
  JPY: 'jpy|yen|日元|円|日币',
  INR: '₹|inr|rupee|rupees|卢比',
  KRW: '₩|krw|won|韩元',
  CAD: 'cad|canadian dollars|加元',
  AUD: 'aud|australian dollars|澳元',
  HKD: 'hkd|hk $|港币|港元',
  TWD: 'twd|nt $|台币|新台币',
  CHF: 'chf|francs|swiss francs|瑞士法郎',
  'SEK NOK DKK': 'kr|kronor|kroner|krona',
  PLN: 'pln|zloty|zł',
  BRL: 'brl|reais',
  RUB: '₽|rub|rubles|卢布',
};

/** Hundredths of currencies, as above. */
export const HUNDREDTH_WORDS: Readonly<Record<string, string>> = {
  GBP: 'pence|penny',
  'USD EUR CAD AUD NZD SGD HKD': 'cent|cents',
};

/** Names of colors and materials in both languages: where a shop has one of a group, the others mean it, too. */
export const SAME_VALUES: readonly string[] = [
  'red|红|红色|大红',
  'blue|蓝|蓝色',
  'green|绿|绿色',
  'black|黑|黑色',
  'white|白|白色',
  'gray|灰|灰色',
  'yellow|黄|黄色',
  'pink|粉|粉色|粉红|粉红色',
  'purple|紫|紫色',
  'orange|橙|橙色|橘色|橘',
  'brown|棕|棕色|咖啡色|褐色',
  'gold|golden|金色',
  'silver|银色',
  'beige|米色',
  'transparent|透明|透明的',
  'multicolor|multicolored|multi color|multi colored|彩色|多彩',
  'ceramic|陶瓷|瓷',
  'glass|玻璃',
  'wood|wooden|木|木头|木质|木制|实木',
  'metal|金属',
  'plastic|塑料',
  'cotton|棉|纯棉|棉质',
  'leather|皮|皮革|真皮|皮质',
  'stainless steel|不锈钢',
  'paper|纸|纸质',
  'wool|woolen|woollen|羊毛',
  'silk|丝绸|真丝',
  'linen|亚麻',
  'bamboo|竹|竹制|竹子',
  'silicone|硅胶',
];

/** Things whose names begin with a color or material that they need not have. */
export const FIXED_NAMES =
  'white chocolate|red bull|red wine|white wine|black tea|green tea|black friday|orange juice|brown sugar|brown rice|white noise|blue cheese|' +
  'golden retriever|red cross|black pepper|green bean|green beans|olive oil|ice cream|cream cheese|black box|white board|black board|blue tooth|' +
  'green house|red velvet|white paper|gold fish|black coffee|white coffee|white tea|red pepper|green pepper|golden gate|black widow|pink floyd|' +
  'black sabbath|deep purple|white spirit|green day|red dead|red hat|blue ray|blu ray|black hole|white house|silver lining|gold standard|glass cleaner|wood glue|' +
  'wood stain|wood burner|glass cutter|metal detector|paper clip|paper clips|leather cleaner|wall paper|paper weight|red lentils|white rice|black rice|orange peel|brown bread|white bread|' +
  'white vinegar|brown sauce|green screen|white out|green card|paper cutter|wood polish|metal polish|silver polish|plastic surgery|cotton candy|plastic wrap|red nose|silver fish|glass house|red flag|white flag|' +
  '白巧克力|红酒|白酒|绿茶|红茶|黑茶|白茶|红牛|白开水|黑咖啡|红糖|黑胡椒|绿豆|红豆|黄油|蓝牙|白板|黑板|黄瓜|白菜|红枣|黑芝麻|白糖|黄金|红薯|黑巧克力|红烧|白醋|绿植|红宝书|黄豆|黑豆|白米|红包|红木|黑洞|金鱼|白领|皮肤|皮蛋|棉花糖|木瓜|木耳|纸巾';

/** Attribute values that are words of every sentence: they are meant only where the attribute is named. */
export const GUARDED_VALUES: ReadonlySet<string> = new Set(
  'yes|no|none|other|others|unknown|true|false|mixed|n a|default|standard|various|regular|normal|new|all|any|na|assorted|basic|is|can|will|是|否|无|有|其他|通用|默认|普通|标准|不|大|小|中|好'.split(
    '|',
  ),
);

/** Colors that are things, too: at the end of a name they are the thing ("ice cream"). */
export const THINGS: ReadonlySet<string> = new Set(
  'orange|cream|rose|olive|lime|lavender|mint|chocolate|coffee|peach|plum|wine|salmon|coral|pearl|amber|cherry|lemon|mustard|sand|stone|ginger|berry|apricot|caramel|ruby|emerald|sage|charcoal|champagne|honey|rust|teal|ivory|turquoise'.split(
    '|',
  ),
);
