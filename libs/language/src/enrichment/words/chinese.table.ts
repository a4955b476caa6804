/**
 * Chinese words of the same things. The first of a row names it as the English tables do, the next is the canonical one in
 * a Chinese text.
 */
export const ZH_COLORS =
  'red=红色=大红=大红色=正红=正红色=鲜红=鲜红色=朱红=朱红色=暗红=暗红色=深红=深红色=中国红=枣红=枣红色=砖红色=砖红=红的, burgundy=酒红色=酒红=勃艮第, ' +
  'pink=粉色=粉红=粉红色=浅粉=浅粉色=淡粉色=粉嫩色=藕粉色=藕粉=裸粉色=樱花粉=肉粉色=粉的, fuchsia=玫红色=玫红=玫瑰红=玫瑰红色=桃红=桃红色, ' +
  'orange=橙色=橘色=橙红色=橘红=橘红色=橙黄色=桔色, yellow=黄色=鹅黄=鹅黄色=柠檬黄=姜黄=姜黄色=明黄=明黄色=淡黄色=浅黄色=嫩黄色=土黄色=黄的, ' +
  'green=绿色=墨绿=墨绿色=深绿=深绿色=浅绿=浅绿色=草绿=草绿色=果绿=果绿色=翠绿=翠绿色=军绿=军绿色=豆绿色=薄荷绿=牛油果绿=橄榄绿=橄榄绿色=荧光绿=抹茶绿=祖母绿=绿的, ' +
  'blue=蓝色=天蓝=天蓝色=浅蓝=浅蓝色=深蓝=深蓝色=湖蓝=湖蓝色=宝蓝=宝蓝色=雾霾蓝=孔雀蓝=克莱因蓝=克莱因蓝色=天空蓝=冰蓝=冰蓝色=牛仔蓝=淡蓝色=蓝的, navy=藏青色=藏青=藏蓝=藏蓝色=海军蓝, ' +
  'cyan=青色=天青色, turquoise=绿松石色=蒂芙尼蓝, purple=紫色=浅紫=浅紫色=深紫=深紫色=淡紫色=香芋紫=香芋紫色=紫罗兰色=薰衣草紫=紫的, ' +
  'brown=棕色=褐色=咖啡色=咖色=深棕色=浅棕色=棕褐色=焦糖色=巧克力色=深咖=浅咖, camel=驼色, khaki=卡其色=卡其, beige=米色=杏色=燕麦色=浅杏色, ' +
  'off-white=米白色=米白=奶白=奶白色=乳白=乳白色=象牙白=象牙白色, white=白色=纯白=纯白色=雪白=雪白色=本白=本白色=亮白色=珍珠白=白的, ' +
  'black=黑色=纯黑=纯黑色=亮黑=亮黑色=曜石黑=哑光黑=黑的, gray=灰色=浅灰=浅灰色=深灰=深灰色=银灰色=炭灰=炭灰色=烟灰色=高级灰=麻灰=麻灰色=灰的, ' +
  'gold=金色=土豪金=香槟金=亮金色=鎏金色, silver=银色=亮银色, rose gold=玫瑰金=玫瑰金色, champagne=香槟色, multicolor=彩色=多彩=五彩=七彩=炫彩, ' +
  'transparent=透明=透明色=全透明';
/** One character: part of many words, so only where it stands alone. */
export const ZH_COLOR_CHARACTERS =
  'red=红, pink=粉, orange=橙=橘, yellow=黄, green=绿, blue=蓝, purple=紫, brown=棕=褐, white=白, black=黑, gray=灰';

export const ZH_MATERIALS =
  'cotton=棉=纯棉=全棉=棉质=精梳棉=长绒棉=新疆棉=棉布, linen=亚麻=纯亚麻, wool=羊毛=纯羊毛, cashmere=羊绒=纯羊绒, silk=真丝=丝绸=桑蚕丝=蚕丝=纯真丝, ' +
  'velvet=丝绒=天鹅绒=金丝绒, flannel=法兰绒, fleece=珊瑚绒=摇粒绒, denim=牛仔布, canvas=帆布, polyester=涤纶=聚酯纤维, nylon=尼龙=锦纶, acrylic=亚克力, ' +
  'leather=真皮=牛皮=皮革=头层牛皮=皮质=羊皮, faux leather=人造革=仿皮=人造皮=pu皮=pu皮革, suede=麂皮=反绒皮, ceramic=陶瓷=瓷器=瓷质, porcelain=骨瓷=白瓷, stoneware=炻瓷, ' +
  'zisha=紫砂, glass=玻璃=高硼硅玻璃=玻璃制, crystal=水晶, wood=木质=木制=木头=原木=木料, solid wood=实木=全实木, oak=橡木, pine=松木, walnut=胡桃木=黑胡桃木, beech=榉木, ' +
  'teak=柚木, bamboo=竹制=竹质=楠竹=竹编, rattan=藤编=藤制, metal=金属, stainless steel=不锈钢, cast iron=铸铁, iron=铁艺=铁质=铁制, steel=碳钢=钢制, ' +
  'aluminum=铝合金=铝制=铝, brass=黄铜, copper=纯铜=紫铜=铜制, sterling silver=纯银=925银=s925银, solid gold=黄金=足金=纯金, enamel=搪瓷=珐琅, plastic=塑料=塑料制, silicone=硅胶, rubber=橡胶, ' +
  'resin=树脂, melamine=密胺, latex=乳胶=天然乳胶, paper=纸质=纸制, kraft paper=牛皮纸, marble=大理石, granite=花岗岩, felt=毛毡, jade=翡翠=和田玉';
/** Sure only where they stand alone. */
export const ZH_MATERIAL_CHARACTERS =
  'cotton=棉, linen=麻, wood=木, bamboo=竹, copper=铜, iron=铁, silver=银, porcelain=瓷';

export const ZH_SIZES =
  'small=小号=小码=小型=小款, medium=中号=中码=中型=中款, large=大号=大码=大型=大款, extra large=XL=XL码=加大=加大号=特大号=特大=加大码=超大号, oversized=超大, mini=迷你=袖珍, ' +
  'giant=巨型, jumbo=巨无霸, one size=均码, small=小号=s码, medium=中号=m码, large=大号=l码';

/** Names and things whose words are no value of their own. */
export const ZH_NAMES =
  '绿色食品, 绿色环保, 绿色健康, 绿色出行, 绿色生活, 绿色蔬菜, 黑色星期五, 黑色幽默, 白色情人节, 红色旅游, 红色文化, 红色经典, 红色革命, 红色故事, 金色大厅, 黄色书, 蓝色多瑙河, 白色恋人, 粉红豹, 粉红猪, ' +
  '粉红猪小妹, 彩色铅笔, 彩色笔, 彩色打印, 彩色照片, 彩色粘土, 透明胶, 透明胶带, 透明皂, 透明质酸, 红色警戒, 蓝色妖姬, 白色噪音, 七彩云南, 多彩贵州, 五彩缤纷, 棉花糖, 棉签, 棉棒, 棉花棒, 木瓜, 木耳, 竹笋, 竹荪, ' +
  '水晶虾饺, 水晶饺, 水晶粽, 水晶泥, 水晶鞋, 玻璃水, 玻璃清洁, 玻璃心, 玻璃胶, 金属乐, 陶瓷清洁, 橡胶树, 树脂眼镜, 黄金糕, 黄金周, 黄金时代, 黄金搭档, 黄金比例, 黄金海岸, 黄金奇异果, 牛皮癣, 皮质醇, 大理石蛋糕, 纸质书, 翡翠台, 棕色尘埃, ' +
  '中号手, 大型犬, 小型犬, 中型犬, 大型活动, 超大容量, 超大屏, 超大空间, 加大油门, 特大喜讯, 迷你世界, 迷你裙, 真皮层, 不锈钢清洁, 真皮清洁, 皮革清洁, 皮革护理, 真皮护理, 木质素, 硅胶干燥剂, 塑料模型胶, ' +
  '蓝牙, 红酒, 白酒, 黄酒, 红茶, 绿茶, 黑茶, 白茶, 红枣, 红豆, 绿豆, 黑豆, 黑芝麻, 紫薯, 红薯, 白糖, 红糖, 黑巧克力, 白巧克力, 红包, 蓝莓, 黑莓, 粉丝, 粉底, 橙汁, 橙子, 橘子, 黄油, 黄豆, 灰尘, 白板, 黑板, 白菜, 紫菜, 黄瓜, 银耳, 铁观音, 铜锣烧, 麻辣, 芝麻';
