/** Chinese words of the same things; the first of a row names it as the English tables do. */
export const COLORS_ZH =
  'red=红色=红=大红=大红色, pink=粉色=粉红=粉红色=粉, rose red=玫红=玫红色=玫瑰红, burgundy=酒红=酒红色, ' +
  'orange=橙色=橙=橘色=橘红色, yellow=黄色=黄, light yellow=鹅黄=鹅黄色=米黄色=米黄, green=绿色=绿, dark ' +
  'green=墨绿=墨绿色, mint green=薄荷绿, army green=军绿=军绿色, grass green=草绿=草绿色, blue=蓝色=蓝, sky ' +
  'blue=天蓝=天蓝色=天空蓝, navy=藏青=藏青色=藏蓝=藏蓝色=海军蓝, royal blue=宝蓝=宝蓝色, lake blue=湖蓝=湖蓝色, ' +
  'haze blue=雾霾蓝, cyan=青色, purple=紫色=紫, lavender=薰衣草色=浅紫色, brown=棕色=褐色=棕, coffee ' +
  'colored=咖啡色=咖色, camel=驼色, khaki=卡其色=卡其, beige=米色=杏色, off white=米白=米白色=奶白=奶白色, ' +
  'white=白色=白=纯白, black=黑色=黑=纯黑, grey=灰色=灰, light grey=浅灰, gold color=金色, silver color=银色, rose ' +
  'gold=玫瑰金=玫瑰金色, champagne color=香槟色, multicolor=彩色=多色=五彩=七彩=撞色, transparent=透明, ' +
  'striped=条纹, checked=格子=格纹, floral=碎花=印花, polka dot=波点';
export const MATERIALS_ZH =
  'gold=黄金=纯金=足金=金, silver=纯银=银=银质, sterling silver=925银, copper=铜=纯铜=紫铜, brass=黄铜, ' +
  'iron=铁=铁艺=生铁, cast iron=铸铁, steel=钢, stainless steel=不锈钢, aluminium=铝=铝合金, titanium=钛=纯钛, ' +
  'metal=金属, alloy=合金, enamel=搪瓷=珐琅, wood=木=木头=木质=木制=实木=原木, solid wood=全实木, oak=橡木, ' +
  'pine=松木, walnut=胡桃木=黑胡桃, beech=榉木, teak=柚木, bamboo=竹=竹子=竹制=竹质=楠竹, rattan=藤=藤编, ' +
  'leather=皮=皮革=皮质=真皮=牛皮=头层牛皮=羊皮, faux leather=人造革=仿皮=人造皮=pu皮=pu革, suede=麂皮, ' +
  'fur=皮草=毛皮, cotton=棉=纯棉=全棉=棉质, linen=麻=亚麻=棉麻, wool=羊毛=纯羊毛, cashmere=羊绒, ' +
  'silk=丝绸=真丝=桑蚕丝=蚕丝, velvet=天鹅绒=丝绒=金丝绒, flannel=法兰绒, coral fleece=珊瑚绒, denim=牛仔布, ' +
  'canvas=帆布, polyester=涤纶=聚酯纤维, nylon=尼龙=锦纶, down filled=羽绒=鹅绒=鸭绒, ceramic=陶瓷=瓷=陶, ' +
  'porcelain=白瓷=骨瓷, stoneware=炻瓷, purple clay=紫砂, glass=玻璃, borosilicate=高硼硅, crystal=水晶, ' +
  'plastic=塑料, acrylic=亚克力, silicone=硅胶, rubber=橡胶, resin=树脂, melamine=密胺, latex=乳胶=天然乳胶, memory ' +
  'foam=记忆棉, paper=纸质=纸, marble=大理石, stone=石头=石材, jade=玉=翡翠=和田玉, pearl=珍珠, diamond=钻石, soy ' +
  'wax=大豆蜡, beeswax=蜂蜡';
export const SIZES_ZH =
  'small=小号=小型=小码, medium=中号=中型=中码, large=大号=大型=大码, extra large=加大=加大号=特大号=超大, ' +
  'mini=迷你, oversized=宽松, large capacity=大容量, compact=小巧, slim=修身, thick=加厚=厚款, thin=超薄=轻薄=薄款, ' +
  'wide=加宽, long=加长=长款, short=短款, round=圆形=圆, square=方形=正方形, rectangular=长方形, oval=椭圆形=椭圆, ' +
  'double=双人, single=单人, heart shaped=心形=爱心形';
export const PEOPLE_ZH =
  'baby=婴儿=宝宝=婴幼儿=新生儿, child=儿童=孩子=小孩=小朋友=童, toddler=幼儿, adult=成人=大人, ' +
  'senior=老人=老年人=中老年, man=男士=男性=男人=男款=男, woman=女士=女性=女人=女款=女, boy=男孩=男童, ' +
  'girl=女孩=女童, unisex=男女通用=中性, student=学生, pregnant=孕妇, dog=狗=狗狗, cat=猫=猫咪, pet=宠物';
export const COUNTRIES_ZH =
  'italy=意大利, france=法国, germany=德国, spain=西班牙, england=英国, switzerland=瑞士, netherlands=荷兰, ' +
  'denmark=丹麦, sweden=瑞典, norway=挪威, scandinavia=北欧, usa=美国, canada=加拿大, japan=日本, korea=韩国, ' +
  'thailand=泰国, vietnam=越南, india=印度, australia=澳大利亚=澳洲, new zealand=新西兰, taiwan=台湾, hong ' +
  'kong=香港, europe=欧洲, russia=俄罗斯, chinese=中国=国产, jingdezhen=景德镇, yixing=宜兴, imported=进口, ' +
  'overseas=海外';
export const CLAIMS_ZH = [
  'water proof=防水, splash proof=防溅, leak proof=防漏, drop proof=防摔=耐摔, non slip=防滑, scald proof=防烫, ' +
    'stain resistant=防污, rust proof=防锈, mold proof=防霉, wind proof=防风, sun protection=防晒, scratch ' +
    'resistant=耐磨=耐刮, heat resistant=耐高温=耐热, fire proof=防火, durable=耐用=结实=坚固, dishwasher ' +
    'safe=可用洗碗机=洗碗机可洗=洗碗机, microwave safe=可微波=微波炉可用=微波炉, oven safe=烤箱可用=可进烤箱, machine ' +
    'wash=可机洗=机洗, hand wash=手洗, washable=可水洗=水洗, easy clean=易清洗=易清洁=好打理, non stick=不粘, ' +
    'insulated=保温, keeps cold=保冷, breathable=透气, absorbent=吸水, quick dry=速干, antibacterial=抗菌=抑菌=杀菌, ' +
    'mite proof=防螨, silent=静音, long lasting=持久=经久, unbreakable=摔不坏=不易碎=抗摔, never ' +
    'fade=永不=不褪色=不掉色, food grade=食品级, medical grade=医用级',
  'organic=有机, natural=天然=纯天然, handmade=手工=纯手工=手作=手工制作, hand painted=手绘, style of a ' +
    'time=明代=清代=宋代, original=原创=原装=原版, authentic=正品=正版=地道, pure=纯, recycled=再生=可回收, ' +
    'biodegradable=可降解, eco friendly=环保=绿色环保, vegan=纯素, vegetarian=素食, halal=清真, additive ' +
    'free=无添加=零添加, non toxic=无毒, odorless=无味=无异味, formaldehyde free=无甲醛=零甲醛, sugar ' +
    'free=无糖=零糖=0糖, bpa free=不含双酚=不含bpa, hypoallergenic=低敏=防过敏=不过敏, custom=定制, ' +
    'exclusive=独家=专属, patented=专利, vintage=复古, antique=古董, rechargeable=可充电=充电, wireless=无线, ' +
    'bluetooth=蓝牙, foldable=可折叠=折叠, adjustable=可调节=可调, removable=可拆卸=可拆洗, portable=便携, ' +
    'smart=智能, automatic=自动=全自动, electric=电动, double wall=双层, scented=香薰, lightweight=轻便=轻量',
  'certified=认证, tested=检测, approved=批准, award winning=获奖=大奖, best selling=畅销=热销=热卖=爆款=销量, ' +
    'popular=流行=人气=受欢迎, premium=高端=高档=优质=高品质, luxury=奢华=豪华, world class=世界级=顶级=顶尖, number ' +
    'one=第一, best=最佳=最好, superlative=最, only=唯一, national grade=国家级, famous=著名=知名=百年=老店=老字号, ' +
    'celebrity=明星=网红, same style=同款, recommended=专家推荐=医生推荐, review=好评, official=官方, ' +
    'professional=专业, first class=一流',
  'free shipping=包邮=免运费=免邮, free=免费, gift=就送=赠品=赠送=买一送一, refund=退款, return=退货=退换=无理由, ' +
    'warranty=保修=质保, guarantee=保证=承诺=保障, insured=运费险, discount=打折=折扣=优惠, sale=特价=促销=大促=甩卖, ' +
    'half price=半价, coupon=优惠券=红包, reduction=满减=立减=直降, cheap=便宜=低价=最低价, limited=限量=限时=限定, ' +
    'new=新品=新款=全新=上新=崭新, latest=最新, last chance=最后机会=仅剩, in stock=现货, installment=分期, second ' +
    'hand=二手, shipping=发货=送货,  next day=次日达, value for money=性价比=超值',
  'longevity=延年益寿=长寿, medical=医用=医疗=医学=医生, treat=治疗=治愈=疗效, relieve=缓解=舒缓=止痛=镇痛, ' +
    'slimming=减肥=瘦身=燃脂, whitening=美白, anti aging=抗衰老=抗衰=抗皱=祛皱, spot removal=祛斑=祛痘, health ' +
    'care=保健=养生, healthy=健康, immunity=免疫力, sleep better=助眠=改善睡眠=安神, detox=排毒, ' +
    'circulation=活血=血液循环, blood pressure=降压=降血压, cancer=抗癌=防癌, prevent=预防, safe=安全',
  'password=密码=验证码, card number=银行卡=卡号=信用卡, bank account=银行账户=账号, login=登录=登陆, click ' +
    'here=点击=点此, send us=请发送=请输入=请填写=请提供, qr code=扫码=二维码, pay now=转账=付款=汇款, message us=加微信=微信号',
] as const;

/** Where such a character is part of another word. */
export const PLAIN_ZH =
  '红包套, 红茶, 红酒, 红豆, 红枣, 红薯, 绿茶, 绿豆, 绿植, 白酒, 白天, 明白, 空白, 白糖, 白菜, 黑夜, 黑板, 黄油, ' +
  '黄瓜, 黄昏, 蓝天, 紫菜, 粉丝, 面粉, 粉末, 灰尘, 橙汁, 橙子, 咖啡, 牛奶, 无需, 无法, 无数, 无疑, 防止, 耐心, ' +
  '零食, 零钱, 零售, 助手, 帮助, 协助, 借助, 抗议, 颜色, 特色, 出色, 角色, 景色, 色彩, 起色, 本色, 夜色, 脸色, ' +
  '各色, 绿色食品, 升级, 年级, 等级, 超级市场, 资金, 金额, 奖金, 现金, 银行, 地铁, 铁路, 皮肤, 顽皮, 调皮, 丝毫, ' +
  '麻烦, 芝麻, 麻辣, 木瓜, 木耳, 积木, 报纸, 纸巾, 玉米, 圆满, 团圆, 陶醉, 熏陶, 男女老少, 单纯, 纯粹, 最后, 最近, ' +
  '最终, 第一次, 第一时间, 第一眼, 健康快乐, 身体健康, 不同, 不仅, 不只, 不但, 不错, 非常, 无论, 无限, 未来, 不管, ' +
  '不妨, 不断, 不止, 无比, 别致, 童年, 皮实, 竹节, 手工课, 自动铅笔, 女神节, 男朋友, 女朋友, 一天, 统一, 万一, ' +
  '百分百, 十分, 四季, 四周, 三明治, 百搭, 百合, 百货, 千万, 万能, 五金, 五谷, 七夕, 八宝, 八角, 三餐, 两用, ' +
  '三文鱼, 半天, 千家万户, 一年四季, 四面八方, 五颜六色';
