import { idsOf, type SearchAnswer } from './testing/answers.js';
import { scratchFolder } from './testing/scratch.js';
import { startGateway, type Gateway } from './testing/start-gateway.js';

const item = (id: string, title: string, description: string, category: string): object => ({
  id,
  title,
  description,
  categories: [category],
});
const ITEMS = [
  item('flask', '真空保温杯 500毫升', '双层不锈钢，热水六小时不凉', '水具'),
  item('teapot', '手工紫砂茶壶', '宜兴陶土，适合泡乌龙茶', '水具'),
  item('glass', '耐热玻璃水壶', '可以直接在炉子上加热', '水具'),
  item('wok', '铸铁炒锅', '不粘，适合大火爆炒', '厨房'),
  item('knife', '家用菜刀', '切肉切菜都锋利', '厨房'),
  item('steamer', '竹制蒸笼', '蒸包子和馒头', '厨房'),
  item('rice', '智能电饭煲', '预约煮饭，自动保温', '电器'),
  item('fan', '静音落地电风扇', '夏天吹风降温，三档调节', '电器'),
  item('heater', '小型电暖器', '冬季办公室取暖', '电器'),
  item('lamp', '护眼台灯', '学生看书写作业的灯光', '电器'),
  item('quilt', '鹅绒冬被', '厚实暖和，双人尺寸', '床品'),
  item('mat', '藤编凉席', '睡觉不出汗', '床品'),
  item('pillow', '记忆棉枕头', '缓解颈椎疲劳，帮助入睡', '床品'),
  item('leash', '可伸缩牵引绳', '带小狗出门散步', '宠物'),
  item('litter', '除臭猫砂', '结团快，灰尘少', '宠物'),
  item('blocks', '木制积木', '三岁以上儿童益智玩具', '玩具'),
  item('doll', '毛绒小熊', '送给孩子的生日礼物', '玩具'),
  item('suitcase', '万向轮行李箱', '二十寸，可以登机', '旅行'),
  item('umbrella', '全自动折叠伞', '晴雨两用，防晒', '旅行'),
  item('tent', '双人露营帐篷', '防水，郊外过夜', '旅行'),
  item('pen', '黑色中性笔十支装', '办公书写顺滑', '文具'),
  item('towel', '纯棉洗脸毛巾', '柔软吸水', '日用'),
];

let shop: Gateway;
beforeAll(async () => {
  shop = await startGateway({ data: scratchFolder() });
  await shop.putItems(ITEMS);
});
afterAll(() => shop.stop());

const search = (query: string, more: object = {}): Promise<SearchAnswer> => shop.search({ query, limit: 3, ...more });

describe('a Chinese shop', () => {
  it.each([
    ['冬天喝热水用的杯子', 'flask'],
    ['遛狗', 'leash'],
    ['出差坐飞机带的箱子', 'suitcase'],
    ['睡不好觉', 'pillow'],
    ['给小朋友的玩具', 'blocks'],
    ['下雨天', 'umbrella'],
    ['炒菜', 'wok'],
    ['写字', 'pen'],
    ['猫', 'litter'],
  ])('finds by %s what it means', async (query, id) => {
    const found = await search(query);
    expect(idsOf(found)).toContain(id);
    expect(found.query).toMatchObject({ text: query });
  });

  it('finds words inside a title, and says which', async () => {
    const found = await search('保温杯', { explain: true });
    expect(idsOf(found)[0]).toBe('flask');
    expect(found.query.relaxed).toEqual([]);
    expect(found.items[0]!.reason).toMatchObject({ key: 'matches-query', text: expect.stringContaining('保温') });
  });

  it('suggests from every character on', async () => {
    const texts = async (q: string) => (await shop.suggestions({ q })).map(({ text }) => text);
    expect(await texts('保温')).toEqual(['真空保温杯 500毫升']);
    expect((await texts('电'))[0]).toBe('电器');
    expect(await texts('暖器')).toEqual(['小型电暖器']);
  });

  it('follows the person among what the query says equally well', async () => {
    const kettles = async (userId: string) => idsOf(await search('水具', { userId, limit: 10 }));
    const before = await kettles('tea-lover');
    await shop.send({ id: 'b1', type: 'purchase', userId: 'tea-lover', itemId: before[2]! });
    const after = await kettles('tea-lover');
    expect(after.indexOf(before[2]!)).toBeLessThan(2);
    expect(await kettles('somebody-else')).toEqual(before);
  });

  it('counts facets and sorts as in any language', async () => {
    const asked = { query: '冬天取暖', facets: ['categories'], limit: 20 };
    const { facets, total } = await shop.expect<{
      total: number;
      facets: readonly { readonly values: readonly { readonly count: number }[] }[];
    }>('POST', '/v1/search', asked);
    expect(facets[0]!.values.reduce((sum, { count }) => sum + count, 0)).toBe(total);
  });

  it('takes an English item and an English query beside', async () => {
    await shop.putItems([{ id: 'mug', title: 'Travel mug', description: 'Keeps coffee hot', language: 'en' }]);
    expect(idsOf(await search('something for hot coffee'))[0]).toBe('mug');
    expect(idsOf(await search('遛狗'))).toContain('leash');
  });
});
