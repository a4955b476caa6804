import { words } from './word-set.js';

/**
 * Names and things whose words are no value of their own. Rows are parted by commas; "a b|c" stands for "a b" and "a c",
 * the plural is found too.
 */
export const COLOR_NAMES = [
  'red riding hood|bull|cross|nose|carpet|wine|cabbage|pepper|onion|squirrel|setter|eye|alert|velvet cake|dwarf|army|dead|sox|devil|' +
    'arrow|lentil|currant|kidney|meat|grape|snapper|clover|bush tea|letter day|planet|indian',
  'black forest|board|berry|bird|currant|jack|smith|out|mail|magic|sheep|hole|widow|pudding|pepper|tea|coffee|bean|eye|eyed|death|' +
    'cherry|friday|panther|sabbath|decker|and decker|sea|country|cumin|treacle|market|knight|olive|garlic|rice|hawk|ops|cab|thorn',
  'white spirit|chocolate|wine|bread|rice|sauce|vinegar|wash|noise|house|pepper|musk|sage|tea|coffee|water|knuckle|fish|collar|lie|' +
    'russian|wedding|board|knight|label|stilton|pudding|bean|knuckled|truffle|choc',
  'green house|tea|bean|pepper|peace|day|gate|field|grocer|lantern|apple|finger|fingered|room|energy|wood|land|onion|salad|olive|' +
    'thumb|cross code|back|keeper|living|curry|lentil',
  'blue tooth|berry|bell|jay|tit|moon|cheese|peter|whale|beard|ray|note|lagoon|stilton|cross|planet|danube|blood|mountain coffee',
  'orange juice|squash|blossom|peel|tree|county|marmalade|zest|slice|flower water|oil|scented|scent|spice|spiced|jam|flavor|flavour|' +
    'flavored|flavoured|cake|chocolate|segment|liqueur|extract|pekoe',
  'pink floyd|lady|gin|panther|grapefruit|salt|himalayan salt|peppercorn|pepper|slip|fir|lemonade',
  'brown rice|sugar|bread|sauce|trout|ale|field',
  'yellow pages|submarine|brick road|fever|fin|pepper|hammer, purple rain|haze|ronnie|sprouting',
  'grey goose|whale|squirrel|seal|area|matter|abbey, gray area|matter|whale|squirrel, earl grey|gray, lady grey, dorian gray, jane grey',
  'gold fish|finch|rush|medal|card|digger|berg|smith|mine|standard|award|membership',
  'golden gate|retriever|syrup|eagle|rule|age|wedding|anniversary|globe|girl|delicious|hour|fleece|goose|ticket|compass|hamster|jubilee',
  'silver anniversary|wedding|jubilee|lining|birch|fish|surfer|screen|side|bullet|medal|smith|service|award',
  'ruby wedding|anniversary|tuesday|slipper, amber alert|valley, coral reef|island|sea, emerald isle|city, ivory coast|tower, teal duck',
  'sweet violet, parma violet, african violet, tan line|lotion, sun tan, self tan, fake tan',
  'cream cheese|tea|jug|soda|cracker|egg|cake|bun|pot|puff|pie|horn|sherry|maker|liqueur|cleaner|dispenser',
  'ice cream, hand cream, face cream, body cream, foot cream, eye cream, night cream, day cream, shaving cream, sour cream, clotted cream, ' +
    'whipped cream, double cream, butter cream, sun cream, barrier cream, cold cream, custard cream, strawberry cream, skin cream, hair cream, ' +
    'strawberries and cream, peaches and cream, cookies and cream, coconut cream, irish cream, antiseptic cream, nappy cream, aging cream',
  'snow white, barry white, betty white, walter white, mr white, mrs white, chris brown, charlie brown, james brown, gordon brown, bobbi brown, ' +
    'father brown, mr brown, mrs brown, dan brown, jackie brown, jack black, mr black, mr green, mr pink, mr grey, mr blue, professor green',
  'miss scarlet, captain scarlet, scarlet pimpernel|letter|witch|fever, village green, bethnal green, putting green, bowling green, golders green',
  'go green, think green, deep purple, agent orange, clockwork orange, blood orange, seville orange, mandarin orange, oranges and lemons',
  'navy seal|officer|bean, merchant navy, royal navy, us navy, old navy, men in black, woman in black, back in black, back to black, pitch black',
  'great white shark, true blue, out of the blue, something blue, think pink, pretty in pink, something borrowed something blue, into the blue',
  'crystal clear, all clear, clear coat|skin|conscience|out|view',
] as const;

/** Names whose words are no sizes and no materials. */
export const OTHER_NAMES = [
  'small world|talk|print|change|holding|business|claims|intestine|animal|hours|arms|pox, large print|intestine|as life',
  'big ben|brother|apple|top|bang|band|bird|game|foot|wheel|issue|hug|love|day|dipper|mac|cat|bad wolf',
  'little mermaid|women|miss|mister|mr|red hen|bo peep|prince|princess|red riding hood|britain|john|jack horner|rascal|monster|' +
    'star twinkle|angel|house on the prairie|black dress|miss muffet|boy blue|richard|devil|drummer boy|helper',
  'mini cooper|mouse|van|golf course|series|skirt|beast, miniature golf|schnauzer|railway|pinscher|poodle',
  'giant panda|causeway|slayer|squid|tortoise, jumbo jet, medium wave|rare|roast|heat, tall ship|story|tale',
  'short bread|cake|circuit|crust|story|sleeve|sleeved|lived|term|list|cut|stop|hand|grain',
  'long john|island|sleeve|sleeved|life|lasting|term|beach|distance|haul|wave|play|service|jump|horn|weekend|lost|live',
  'tiny tim, slim fast, wide awake|angle|screen, compact mirror, one size fits, all sizes, any size, various sizes, assorted sizes, different sizes, compact disc|camera|car',
  'wood pecker|pigeon|worm|cut|wind|wick|stain|glue|burner|burning|chip|filler|polish|cutter|green',
  'glass cleaner|cutter|ceiling|house|blower|blowing|slipper, wine glass, champagne glass, pint glass, beer glass, shot glass, magnifying glass, ' +
    'hour glass, looking glass, spy glass, cocktail glass, martini glass, highball glass, gin glass, whisky glass, whiskey glass, sun glass',
  'paper weight|back|boy|work|clip|trail|towel|punch|shredder|round, wrapping paper, wall paper, news paper, sand paper, toilet paper, ' +
    'baking paper, tracing paper, note paper, writing paper, kitchen paper',
  'metal detector|head|work|music|polish, heavy metal, stone age|henge|mason|rose|wash|ware|fruit|baked, precious stone, rolling stone, ' +
    'birth stone, hail stone, sharpening stone, pizza stone, iron man|on|maiden|age|lady|monger|curtain|tablet|supplement',
  'steam iron, travel iron, curling iron, soldering iron, waffle iron, china town, made in china, in china, from china, republic of china',
  'cotton candy|wool|bud|pad|ball|tail, cork screw, county cork, pine cone|apple|nut|fresh|forest, oak tree|leaf|moss, walnut cake|oil|whip',
  'rubber stamp|plant|soul, steel pan|band|drum|wool, straw berry|bale, drinking straw, last straw, felt tip|pen, crystal palace|ball|maze',
  'feather weight, silk road|route|worm|flower, lace up, shoe lace, boot lace, pearl harbor|harbour|jam|barley|onion, wax crayon|melt|jacket|strip',
  'ear wax, hair wax, shell suit|fish|station, egg shell, sea shell, copper mine, brass band|neck|monkey, bamboo shoot|forest|palm',
  'silver fern, drawing slate, concrete jungle, canvas artist, foam party|bath, bath foam, shaving foam, clay pigeon|shooting|mask, acrylic paint|nail',
  'plastic surgery, velvet underground|revolver, marble cake|run|arch, linen spray|water|mist|cupboard|basket|bin, bed linen, table linen',
  'tin man|god|machine|opener|whistle|foil, cake tin, biscuit tin, baking tin, loaf tin, storage tin, cookie tin, lunch tin, sweet tin, ' +
    'muffin tin, roasting tin, money tin, willow pattern|tree, bone marrow|dry, horn player, iron board',
] as const;

/** Lights: there "light" is no shade of the color behind it. */
export const LIGHTS =
  't light, tea light, tealight, night light, fairy light, candle light, string light, garden light, led light, ' +
  'solar light, ceiling light, wall light, bike light, moon light, star light, sun light, day light, spot light, flash light, rope light, ' +
  'icicle light, bed light, desk light, book light, reading light, traffic light, christmas light, tree light, bedside light, head light, ' +
  'light bulb|box|up|switch|house';

/** What is eaten is a name ("white tea") unless a thing follows that it is kept in or served from ("white tea towel"). */
export const SERVED = words(
  'tea coffee cake egg cheese bread bun cracker rice sauce wine bean salad pie sugar juice jug pot',
);
export const VESSELS = words(
  'pot cup mug towel light table set tray cozy cosy stand tin bin bowl boat bag plate jar canister caddy box press machine maker server dish ' +
    'holder spoon basket board rack slice dome saucer glass cooler stopper candle',
);
