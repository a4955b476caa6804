/**
 * What may not be said of a picture frame of which next to nothing is known, in words that no table was made from. The
 * code was mended with the first 128 (of which it found 82 at first) and tried once on the last 50 (of which it found 42).
 */
export const INVENTED_PHRASES: readonly string[] = (
  'A sage frame.|An ochre frame.|A champagne frame.|In eggshell.|In cerise.|In bright tangerine.|' +
  'Neoprene back.|Tencel lining.|Cordura cover.|Made from rosewood.|Made of bioplastic.|Spruce frame.|' +
  'Faux marble frame.|OEKO-TEX fabric.|GOTS cotton.|FSC frame.|Hand-thrown frame.|' +
  'Shock-absorbing corners.|Tarnish-resistant frame.|Spill-resistant.|UPF fifty.|Phthalate-free.|' +
  'Made by artisans.|Family-owned maker.|Made since 1985.|Ships today.|Arrives tomorrow.|' +
  'No questions asked.|Lowest price ever.|Customers love it.|The #1 frame.|Sells out fast.|' +
  'As seen on TV.|Relieves back pain.|Calms your nerves.|Boosts your mood.|Supports your joints.|' +
  'Strengthens bones.|Suitable for diabetics.|Kills germs.|Antiviral.|Will never break.|' +
  'It will not fade.|Lasts for years.|Keeps drinks hot for hours.|Energy-saving.|Low-maintenance.|' +
  'Child-safe corners.|Kid-friendly.|Designed in California.|A Parisian classic.|From Provence.|' +
  'Handwoven.|Hand-dyed.|Hand-made.|Artisan-made.|Small-batch.|Limited stock.|Only a few left.|' +
  'Buy one get one.|Two for one.|Half the price.|A third off.|Save ten dollars.|Reduced price.|' +
  'Complimentary wrapping.|No extra cost.|At no charge.|Gratis.|Five-star rated.|Rated 4.8.|' +
  "Thousands of happy customers.|Loved by thousands.|Everyone's favorite.|A bestseller.|" +
  'Multi-award-winning.|Doctor-recommended.|Dermatologically tested.|Clinically proven.|' +
  'Non-toxic paint.|Chemical-free.|100% safe.|Fully insured delivery.|Easy returns.|30-day returns.|' +
  'Lifetime guarantee.|Shatterproof pane.|UV-resistant pane.|Includes batteries.|Comes with a stand.|' +
  'With a free stand.|Sized A4.|Measures eight inches.|Weighs half a kilo.|A dozen frames.|' +
  'A pair of frames.|One-litre.|For ages three and up.|For girls.|For him.|For newborns.|这款相框是米黄色。|' +
  '胡桃色相框。|纯手工打磨。|顺丰包邮。|七天无理由退货。|终身保修。|全网最低价。|销量第一。|明星同款。|限时特惠。|买二送一。|三十厘米高。|半价出售。|适合老人和孩子。|德国工艺。|可水洗。|' +
  '食品级材质。|通过国家认证。|缓解疲劳。|改善睡眠。|有助于健康。|零甲醛。|不易碎。|永不褪色。|抗摔。|进口橡木。|小米同款。|A mulberry frame.|' +
  'Comes in slate grey.|In bottle green.|A honey-toned frame.|A frame of zebrano.|Cut from alder.|' +
  'With brass corners.|A linoprint inside.|Wrapped in kraft paper.|Rust-free hooks.|Humidity-resistant.|' +
  'Fade-resistant.|Stays put on any wall.|Weighs next to nothing.|Just 300 grams.|Set of four.|' +
  'Two sizes to choose from.|13 x 18 cm.|Fits A3 prints.|Made in Vietnam.|Swedish design.|' +
  'An IKEA favourite.|By master framers from Florence.|Our top seller.|Ten thousand sold.|' +
  'Rated excellent.|Now 15 percent cheaper.|Save 5 pounds.|Free gift inside.|' +
  'Order today and get it tomorrow.|Money-back guarantee.|Comes with hooks and screws.|' +
  'Battery included.|With LED lighting.|For babies and children.|Hypoallergenic finish.|' +
  'Good against headaches.|Non-toxic lacquer.|Carbon-neutral production.|Vegan leather frame.|深棕色相框。|' +
  '樱桃木相框。|七寸相框。|买一送一。|德国进口。|纯天然材质。|防刮耐磨。|送运费险。|两年质保。|适合婴儿房。|'
)
  .split('|')
  .filter((phrase) => phrase !== '');
