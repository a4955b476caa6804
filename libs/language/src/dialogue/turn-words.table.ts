/** Words of a turn that tell how it is meant, `|` between them; `\b` stands around the English ones. */
const pattern = (english: string, chinese: string): RegExp => new RegExp(`\\b(?:${english})\\b|${chinese}`, 'iu');

/** Of items that were pointed at: they are not wanted. */
export const REJECTS = pattern(
  "not|don't|do not|dont|no|hate|dislike|without|except|remove|hide|skip|drop|forget|anything but|ugly",
  '不要|不喜欢|讨厌|别|除了|去掉|删掉|不是|不想要|难看',
);
/** Of items that were pointed at: more of the kind is wanted. */
export const LIKES = pattern(
  'like|similar|love|prefer|more (?:like|of)|resembles?|same (?:style|kind|as)|closest|along the lines of|in the style of',
  '像|类似|喜欢|相似|同款|差不多|这种|那种|一样',
);
/** The turn adds to what is asked for rather than asking for something else. */
export const ADDS = new RegExp(
  '^\\s*(?:with|and|also|but|plus|for|in|made|it (?:should|must|has to|needs to)|they should|make it|something with|ones? with|preferably|ideally|only)\\b|\\bones?\\W*$|^\\s*(?:带|要有|还要|而且|但是?|最好|要|给)',
  'iu',
);
/** The turn asks for something else, whatever else it says. */
export const TURNS_AWAY = pattern(
  'what about|how about|instead|now|show me|looking for|i need|do you have|switch to|let us see|search for',
  '换成|看看|有没有|我要找|改成|来点|那.*呢',
);
export const GREETS = pattern(
  'hi|hello|hey|good (?:morning|day|afternoon|evening)|howdy',
  '你好|您好|早上好|下午好|晚上好|嗨|哈喽|在吗',
);
export const THANKS = pattern(
  "thanks?(?: you)?|thx|cheers|great|perfect|ok(?:ay)?|lovely|bye|goodbye|that's all|all good",
  '谢谢|多谢|好的|好吧|太好了|再见|拜拜|没事了|可以了',
);
/** What is taken out of a text to see whether it is nothing but polite. */
export const POLITE = new RegExp(
  `${GREETS.source}|${THANKS.source}|\\b(?:there|a lot|so much|very much|and|you)\\b|[\\s\\p{P}]+`,
  'giu',
);
/** Asks for an order by its number: "show order 7", "status of order no. 12345". */
export const ASKS_ORDER =
  /\b(?:where|status|track|show|find|check|see|look up)\b[^.?!]{0,40}\border(?: (?:no\.?|number|id))?[ #:]{0,3}[A-Z-]{0,5}\d/iu;
/** A number of an order as people write it: behind the word, or at least four characters; digits, or letters and digits. */
export const ORDER =
  /(?:\border|订单)(?: ?(?:no\.?|number|id|号))?[ #:：]{0,3}([A-Z]{0,4}-?\d[\dA-Z-]{0,39})\b|\b([A-Z]{0,4}-?\d[\dA-Z-]{3,39})\b/iu;
