/**
 * Words that a reason may be made of besides those of its data. What is neither here, nor an ordinary word, nor a claim its key
 * allows, nor in the data, is invented: a reason is short, and no table knows all things that one could name.
 */
export const REASON_WORDS =
  'alike alongside along answer answers based because beside best bring brings call close closely closer combine combines companion ' +
  'complement complements complete completes counterpart different direction echo echoes example exactly explore family feel follow ' +
  'follows following fresh fellow go goes good group hand have helps here heres identical include join joins kind lead leads line look ' +
  'looks made make makes mate meaning meet meets mention mentions name named near nearby nearest nice note pair paired pairing pairs ' +
  'partner partners picks pick please point points put related relate relates result results right same search see share shared shares ' +
  'similar similarly sort spirit start suggest suggested suggests suggestion that thats theme there these thing think this type use ' +
  'vein way weve well what why word words works would youll youre youve id ill im its isnt dont wont lets whats come comes suited ' +
  'stands stand shows shown matched pattern style design look-alike time thought worth likes add adds added addition alternative option ' +
  'options choice choices product item items common both too also another new nicely nice exact found title becoming become name list recommended';

/** The same for Chinese: phrases, for it writes no spaces. */
export const REASON_PHRASES_ZH =
  '的 了 和 与 跟 同 也 都 是 有 很 正 就 还 更 而 所 其 之 以 让 把 它 这 那 此 该 在 里 中 上 您 你 我们 为 给 被 吧 呢 哦 啊 吗 着 过 对 从 到 并 或 ' +
  '会 能 可 可以 款 个 件 一 种 类 些 等 也许 或许 可能 因为 由于 所以 因此 既然 这款 这个 这件 此款 该款 这是 那款 那个 那件 它们 您的 你的 为您 给您 商品 ' +
  '东西 物品 产品 好物 一款 一件 一个 一样 同样 相同 同一 共同 一起 一同 搭配 相配 相搭 搭 很搭 百搭 搭调 配 配套 般配 适合 合适 正好 刚好 恰好 不错 很好 ' +
  '相近 相似 类似 接近 相关 相符 相称 相衬 协调 和谐 呼应 风格 款式 类型 推荐 建议 选择 不妨 试试 看看 要不要 怎么样 一下 或者 以及 并且 而且 另外 此外 ' +
  '来 找到 包含 含有 带有 具有 名称 名字 词 字样 关键词 标题 符合 匹配 满足 对应 结果 就是 正是 也是 都是 还有 也有 都有 同为 同属 属于 之一 ' +
  '店里 店内 本店 绝配 变得 成为 非常 十分 比较 特别 尤其 完美 好看 喜欢 时 后 前 过的 过了 请 常与 说 称 多 来自';

/** After these words something of the item alone is told. */
export const OF_THIS: ReadonlySet<string> = new Set('this these it 这 此 该 它'.split(' '));
/** What ends what was begun by such a word, or by a word of likeness. */
export const ENDS_OF_THIS: ReadonlySet<string> = new Set(
  (
    'go goes going match matche with as of to for from and or but because since your you like beside near pair complement suit fit ' +
    'share has have 与 和 跟 同 您 你 像 适 搭 配 因 符'
  ).split(' '),
);
/** What follows these is said of the item and of its evidence. */
export const LIKENESS_WORDS =
  'same, both, also, identical, share, shared, in common, 同样, 相同, 同一, 共同, 一样, 都, 也, 同为, 都是, 也是';
/** What says that what it follows is so of both. */
export const LIKENESS_AFTER = 'too, as well, alike, also';
/** After "the same" these name nothing. */
export const VAGUE: ReadonlySet<string> = new Set('kind sort vein spirit way word direction line'.split(' '));
