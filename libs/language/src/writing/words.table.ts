/** Names of attributes that sentences can be made with, in English and Chinese; spellings of a shop after "=". */
export const LABELS =
  'color=colour=colors=colours 颜色=色彩, material=materials=fabric 材质=面料=材料, size=sizes 尺寸=尺码=规格, ' +
  'pattern=design 图案=花纹, shape 形状=造型, style 风格=款式, finish 表面=表面处理, width 宽度=宽, height 高度=高, ' +
  'depth 深度=深, length 长度=长, diameter 直径, thickness 厚度, weight 重量=净重, capacity=volume 容量=容积, ' +
  'origin=country=country of origin 产地=原产地, scent=fragrance 香味=香型, flavor=flavour 口味, fit 版型, season 季节, ' +
  'occasion 场合, room 房间, theme 主题, collection 系列, model 型号';

/** Units that a number has by the end of its attribute's name, as they are written. */
export const UNIT_WORDS: ReadonlyMap<string, string> = new Map(
  'mm cm dm m km in inch inches ft yd mg g kg lb lbs oz ml cl l W kW V mAh Wh Hz GB TB px MP min h days months years'
    .split(' ')
    .map((unit) => [unit.toLowerCase(), unit]),
);
