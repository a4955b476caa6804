/**
 * What reasons say, by language and key; `{0}` is the title of the first piece of evidence, `{name}` a parameter. English has every
 * key; a language that lacks one says it in English.
 */
export const REASON_TEXTS = {
  en: {
    'because-you-bought': 'Because you bought {0}',
    'because-you-viewed': 'Because you looked at {0}',
    'because-in-cart': 'Goes with {0} in your cart',
    'goes-with': 'Goes with {0}',
    'bought-before': 'You bought this before',
    'attribute-match': 'Matches your taste: {attribute} {value}',
    'matches-query': 'Matches {words}',
    'close-to-query': 'Close to what you searched for',
    'like-your-taste': 'Like what you took up lately',
    'often-with-yours': 'Often taken up together with what you took up',
    'selling-now': 'Many people buy this these days',
    rising: 'More and more people buy this',
    'new-here': 'New in the shop',
    popular: 'Popular right now',
  },
  zh: {
    'because-you-bought': '因为您买过{0}',
    'because-you-viewed': '因为您看过{0}',
    'because-in-cart': '与购物车中的{0}搭配',
    'goes-with': '与{0}搭配',
    'bought-before': '您以前买过',
    'attribute-match': '符合您的喜好：{value}',
    'matches-query': '符合“{words}”',
    'close-to-query': '与您的搜索相近',
    'like-your-taste': '与您最近关注的商品相似',
    'often-with-yours': '常与您关注的商品一起被选择',
    'selling-now': '近期热销',
    rising: '越来越多的人购买',
    'new-here': '新品',
    popular: '当前热门',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;
