/** What a reason may claim besides what an item is: of the person's past, of other people, of time. */
export type Claim =
  | 'bought'
  | 'viewed'
  | 'cart'
  | 'searched'
  | 'took up'
  | 'taste'
  | 'past'
  | 'again'
  | 'lately'
  | 'now'
  | 'often'
  | 'people'
  | 'many'
  | 'selling'
  | 'rising'
  | 'popular'
  | 'new'
  | 'when'
  | 'never said';

/** Wordings of each claim, parted by commas; of two that begin at one place the longer counts. `never said` and `when` have no data. */
export const CLAIM_WORDINGS: Readonly<Record<Claim, string>> = {
  bought:
    'bought, you buy, purchased, purchase, your purchase, ordered, your order, own, owned, picked up, got, acquired, paid, reordered, restock, 买过, 购买过, 买了, 买的, 购入, 购置, 入手, 下单, 下过单, 拥有, 已有, ' +
    '订购, 您购买, 你购买, 您买, 你买, 您的订单, 订单',
  viewed:
    'viewed, view, looked at, look at, looked, looking at, browsed, browsing, saw, seen, checked out, visited, clicked, eyed, eyeing, ' +
    'watched, 看过, 看了, 看的, 浏览, 浏览过, 查看, 查看过, 点击, 看中',
  cart: 'cart, basket, trolley, shopping cart, shopping basket, your cart, your basket, you added, you have in your cart, you put in your cart, 购物车, 购物篮, 加购, 加购的, 加购了',
  searched:
    'search, searched, searching, query, looking for, look for, you asked, asked for, ask for, typed, you want, you wanted, 搜索, 搜索的, ' +
    '搜, 查找, 寻找, 想找, 要找, 您找, 你找',
  'took up':
    'took up, taken up, take up, you chose, chose, chosen, choose, you picked, picked, 关注, 关注的, 选择, 被选择, 选购, 挑选, 一起买',
  taste:
    'taste, your taste, preference, prefer, your style, you like, you love, interest, interested, 喜好, 偏好, 口味, 品味, 您喜欢, 你喜欢, ' +
    '喜欢, 爱好, 兴趣, 感兴趣',
  past: 'before, earlier, previously, already, 以前, 之前, 曾, 曾经, 此前',
  again: 'again, once again, another, once more, 再次, 再来, 再来一个, 再来一件, 又, 再, 再买, 回购, 复购',
  lately: 'lately, recently, recent, 最近, 近来, 近日, 最近的',
  now: 'now, right now, these days, at the moment, currently, nowadays, 现在, 当前, 目前, 如今, 近期, 眼下',
  often: 'often, frequently, commonly, 常, 经常, 常常, 往往, 时常',
  people:
    'person, people, others, owner, other people, shopper, customer, buyer, community, you and others, 人, 大家, 顾客, 用户, 买家, 他人, 别人, 人们',
  many: 'many, many people, lots, lot of people, 许多, 许多人, 很多, 很多人, 众多, 不少人',
  selling: 'buy, buying, buys, sell, selling, sells, sold, bought by, demand, in demand, 购买, 热销, 畅销, 热卖, 买',
  rising: 'more and more, rising, growing, increasingly, trending, trend, 越来越, 上升, 渐渐',
  popular: 'popular, 热门, 流行, 人气, 受欢迎, 很受欢迎, 抢手',
  new: 'new, newly, arrival, new arrival, arrived, 新品, 上新, 上架, 新到, 新上架',
  when:
    'ago, last, last time, yesterday, today, tonight, tomorrow, week, weekend, month, year, hour, minute, twice, always, usually, ' +
    'regularly, daily, weekly, every time, every day, once, first time, day, monday, tuesday, wednesday, thursday, friday, saturday, sunday, ' +
    'january, february, april, june, july, august, september, october, november, december, this morning, this evening, 上周, 上个月, ' +
    '上月, 去年, 今年, 昨天, 今天, 前天, 刚刚, 刚才, 刚, 天前, 周前, 月前, 年前, 每次, 总是, 一直, 每天, 每周, 每月, 周末, 上次, 两次, 多次, ' +
    '次, 月, 年, 周, 星期, 小时前',
  'never said':
    'liked, loved, love, favorite, favourite, enjoyed, rated, reviewed, wishlist, wish list, saved, want, wanted, wish, need, needed, ' +
    'everyone, everybody, anyone, most, all of you, fan, friend, family, neighbor, neighbour, colleague, expert, same people, we know, we saw, ' +
    'remember, only, you have, you had, youve had, you already have, was, were, gift, gave, given, got it, must, never, not, didnt, doesnt, ' +
    'without, instead, than, better, more popular, any other, 是您, 是你, 比, 没, 没有, 不, 未, 必备, 收藏, 点赞, 好友, 朋友, 家人, 邻居, 同事, 专家, 大多数, 多数, 人人, 所有人, 我们知道, 只有, 想要, 需要',
};

/** What looks like a claim and is none. */
export const NO_CLAIMS =
  'you may like, you might like, you may also like, you might also like, you could like, if you like, you would like, you will like, ' +
  'youll like, like you, may like, might like, may also like, might also like, take a look, have a look, a look, needs no, goes together, ' +
  'fits right in, 您可能喜欢, 您可能会喜欢, 您或许喜欢, 您也许喜欢, 您会喜欢, 您也会喜欢, 会喜欢, 也会喜欢, 也喜欢, 不错, 不妨, 要不要, 刚好, 一次, 可能喜欢, 可能会喜欢, 或许会喜欢, 看看';

/** What the key of a reason lets a text claim, and what it has to say. */
export interface ReasonClaims {
  readonly may: readonly Claim[];
  /** It must point to something: without evidence nothing may be claimed. */
  readonly needsEvidence?: true;
  /** One of these claims has to be made, or else what the evidence, the value or the query is has to be named. */
  readonly says: readonly Claim[] | 'evidence' | 'value' | 'query';
  /** The past it speaks of is that of the item itself. */
  readonly ofItself?: true;
  /** Claims of a shop that the reason itself stands for, as text. */
  readonly vouches?: string;
}

/** By key; a key of somebody else is not put into other words. */
export const CLAIMS_BY_REASON: ReadonlyMap<string, ReasonClaims> = new Map<string, ReasonClaims>([
  ['because-you-bought', { may: ['bought', 'past'], needsEvidence: true, says: 'evidence' }],
  ['because-you-viewed', { may: ['viewed', 'past'], needsEvidence: true, says: 'evidence' }],
  ['because-in-cart', { may: ['cart'], needsEvidence: true, says: 'evidence' }],
  ['goes-with', { may: [], needsEvidence: true, says: 'evidence' }],
  ['bought-before', { may: ['bought', 'past', 'again'], says: ['bought', 'again'], ofItself: true }],
  ['attribute-match', { may: ['taste'], needsEvidence: true, says: 'value' }],
  ['matches-query', { may: ['searched'], says: 'query' }],
  ['close-to-query', { may: ['searched'], says: ['searched'] }],
  ['like-your-taste', { may: ['taste', 'took up', 'lately'], says: ['taste', 'took up'] }],
  ['often-with-yours', { may: ['often', 'took up', 'people'], says: ['often'], vouches: 'customer' }],
  [
    'selling-now',
    {
      may: ['selling', 'took up', 'people', 'many', 'now'],
      says: ['selling', 'took up'],
      vouches: 'customer 热销 畅销',
    },
  ],
  [
    'rising',
    {
      may: ['rising', 'selling', 'took up', 'people', 'many', 'now', 'popular'],
      says: ['rising'],
      vouches: 'customer trending popular 受欢迎',
    },
  ],
  ['new-here', { may: ['new', 'now'], says: ['new'], vouches: 'new arrival 新品 上新' }],
  ['popular', { may: ['popular', 'people', 'now'], says: ['popular'], vouches: 'customer popular 流行 受欢迎' }],
]);
