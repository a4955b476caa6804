/**
 * What an offer may say only where the shop's own words do. Rows are parted by commas, wordings of one thing by "=": where
 * one of a row is said by the shop, all of it may be. Compared as words are, without case and plurals. Other claims
 * ("award-winning") are in the tables of `grounding`.
 */

/** That there is little time, or little left. */
export const URGENCY =
  'hurry, rush, act now, act fast, act quick, quick=quickly=be quick, now or never, today only=only today=just ' +
  'today=for today=仅限今天=仅限今日=今天=今日=限今日, tonight=今晚, tomorrow=明天=明日, this weekend=weekend ' +
  'only=周末, this week=本周, this month=本月, short time=limited time=time limited=limited offer=limited=限时=限量, end ' +
  'soon=ending soon=over soon=gone soon=soon gone=almost gone=nearly gone=almost over=即将结束=马上结束=快结束=即将截止, ' +
  'until=till=end on=end=valid to=valid until=expire=expires=expiring=截止=有效期=到期=过期=结束=为止, deadline, ' +
  'countdown=倒计时=倒数, clock is ticking, time is running out=running out=run out, too late=过时不候, it is gone=they ' +
  'are gone, while it last=while they last=while stock last=while supply last=售完即止, while you can, last chance=最后机会=' +
  '最后一次, last call, last day=最后一天, last hour=last minute=最后时刻, final, do not miss=dont miss=never miss=miss ' +
  'out=错过=别错过=不容错过, do not wait=dont wait=wait no longer, selling fast=sell fast=going fast=疯抢, sell out=selling ' +
  'out=sold out=售罄=卖完, few left=only a few=仅剩=所剩无几, low stock=low in stock=数量有限=数量不多=库存有限=库存不多, ' +
  'once in a lifetime=once only=one time only=仅此一次=机不可失, never again=not come back=wont come back, monday=周一=星期一, ' +
  'tuesday=周二=星期二, wednesday=周三=星期三, thursday=周四=星期四, friday=周五=星期五, saturday=周六=星期六, sunday=周日=' +
  '星期日=星期天, midnight, flash=秒杀, urgent=urgently=火速, immediately=instantly=马上=立刻=立即, 最后, 仅限, 手慢, ' +
  '抢购=抢, 赶快=赶紧=速来=尽快, 没了=没有了=再不, before stock=before it is gone=before they are gone';

/** That the price is like no other, and what else a shop answers for. */
export const BOAST =
  'best price, lowest price=lowest ever=lowest=最低=最低价=全网最低, best deal=best offer, biggest=greatest=最大=最强, ' +
  'unbeatable=unbeaten, incredible=unbelievable, never before=never been, record low=all time low=史上最低, cheapest=' +
  '最便宜, cheap=cheaper=便宜, price drop, steal, bargain, guarantee=guaranteed=保证=保障, promise=promised=承诺, risk ' +
  'free=no risk=无风险=稳赚, no obligation=no catch=no string attached, money back, sensation=sensational=震撼, ' +
  'unmissable, massive=huge=mega=巨惠, super=超低, ever, of the year, of the season, winner=win=won=prize=中奖, ' +
  'congratulation=恭喜, 史上, 最划算, 最, 全网, 全国, 第一, 空前=前所未有=绝无仅有=独一无二, 骨折价=跳楼价=地板价=白菜价, ' +
  '血亏=亏本=赚到, 清仓, 疯狂';

/** That somebody is known, or chosen: nothing is said of people. */
export const PERSONAL =
  'you look, you looked=您看过, you view=you viewed=您浏览, you buy=you bought=you purchased=you ordered=您买过=您购买=' +
  '您下单, you liked=you loved=您收藏, your order=您的订单, your last=您上次=上次=上一次, your previous, your recent=您最近, your ' +
  'favorite=your favourite=您的最爱, your wishlist, your cart=your basket=您的购物车, your history, your account, your ' +
  'birthday=您的生日=生日, your age, your city=your area=near you=附近, people like you=像您一样, other people=other ' +
  'customer=其他顾客=大家都, we notice=we noticed, we know, we saw, we remember, because you=因为您=根据您, since you, you ' +
  'may like=you might like, yesterday=昨天=昨日, miss you=missed you, welcome back, loyal=loyalty=老客户=老顾客, new ' +
  'customer=新客户=新顾客, vip=贵宾=尊贵, member=membership=会员, exclusive=exclusively=专属=独家=专享, only for you=just for ' +
  'you=specially for you=especially for you=特别为您=专为您, chosen for you=picked for you=selected for you=为您挑选=为您精选, ' +
  'personal=personally=personalized=personalised, handpicked=hand picked=精选, selected, chosen, lucky=幸运, invited=受邀';

/** That it is for more, or gives more, than the offer says. */
export const SCOPE =
  'everything=anything=storewide=sitewide=shopwide=store wide=site wide=全场=全店, entire=whole order=whole shop=whole ' +
  'range=整单, all item=all product=any item=any product=所有=任何, everyone=everybody, each order=every order=every ' +
  'purchase=每单=每一单, every item, plus free=and free=再送=另送, unlimited=无限, forever=always=永久=永远, double=双倍, ' +
  'triple, extra=additional=额外=再减, stack=combine=叠加=折上折';

/** Directly before a discount these make another one of it. */
export const HEDGES =
  'up to, at least, more than, over, less than, under, almost, nearly, about, around, roughly, some, from, another, as ' +
  'much as, as little as, minimum, maximum, 最高, 高达, 至少, 最多, 超过, 不止, 近, 约, 将近';
