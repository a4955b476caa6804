import { proposedValues } from './proposed-values.js';
import { expectSpansIn } from './testing/read-values.js';

describe('values of a Chinese title', () => {
  it.each([
    ['纯棉红色连衣裙大号', ['color:红色', 'size:大号', 'material:棉']],
    ['酒红色真皮手提包', ['color:酒红色', 'material:真皮']],
    ['陶瓷马克杯 白色 350毫升', ['color:白色', 'size:350 ml', 'material:陶瓷']],
    ['藏青色西装外套 XL码', ['color:藏青色', 'size:XL']],
    ['红色/白色不锈钢保温杯500ml', ['color:红色', 'color:白色', 'size:500 ml', 'material:不锈钢']],
    ['浅蓝色牛仔布衬衫', ['color:蓝色', 'material:牛仔布']],
    ['实木餐桌1.5米', ['size:1.5 m', 'material:实木']],
    ['迷你玫瑰金色音箱', ['color:玫瑰金', 'size:迷你']],
    ['颜色：黑 尺寸：30厘米', ['color:黑色', 'size:30 cm']],
    ['玻璃花瓶（透明）', ['color:透明', 'material:玻璃']],
  ])('are read from %p: %j', (title, values) => {
    const found = proposedValues({ title }).filter(({ confidence }) => confidence >= 0.8);
    expect(found.map(({ attribute, value }) => `${attribute}:${value}`).sort()).toEqual([...values].sort());
    expectSpansIn({ title });
  });

  it.each([
    '绿色食品大米',
    '红茶礼盒',
    '非红色款',
    '玫瑰精油',
    '薰衣草香包',
    '5米线3包',
    '棉花糖',
    '3件套',
    '4层架',
    '5G手机',
    '小米手机',
    '黑板擦',
  ])('are not read from %p', (title) => {
    expect(proposedValues({ title })).toEqual([]);
  });

  it.each([
    ['T恤 红', 'color', '红色'],
    ['白裙 配黑色腰带', 'color', '黑色'],
    ['红色玫瑰抱枕', 'color', '红色'],
  ])('are left to a person in %p', (title, attribute, value) => {
    const found = proposedValues({ title }).filter((proposal) => proposal.attribute === attribute);
    expect(found.map((proposal) => proposal.value)).toEqual([value]);
    expect(found[0]!.confidence).toBeLessThan(0.8);
  });
});
