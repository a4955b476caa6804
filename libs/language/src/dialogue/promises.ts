/** What nobody but the shop can do or promise, and what a shopper is not to be asked for. */
const PROMISES =
  /\b(?:refund|voucher|coupon|promo|discount|deliver|dispatch|reserv|in stock|order|cancel|e-?mail|call (?:you|us)|phone|password|card number|credit card|account|(?:home|street|postal|your) address|full name|passport)\w*|退款|退货|优惠|折扣|送货|发货|包邮|预留|库存|订单|取消|邮箱|电话|手机号|密码|验证码|银行卡|卡号|账号|身份证|姓名|地址|微信/giu;
/** The words of a text, in small letters, by which a shop promises something or asks for what is private. */
export const promisesIn = (text: string): readonly string[] =>
  Array.from(text.matchAll(PROMISES), ([promise]) => promise.toLowerCase());
