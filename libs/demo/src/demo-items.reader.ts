import { demoShiftWeeks, shiftShopTime } from './demo-calendar.js';
import { CATEGORY_RULES } from './categories.js';
import type { DemoItem } from './demo.types.js';
import { readProductRows, type ProductRow } from './product-rows.reader.js';
import { readableTitle } from './readable-title.js';
import { COLOR_RULES, MATERIAL_RULES, TAG_RULES } from './title-attributes.table.js';
import { variantGroups } from './variant-groups.js';
import { labelReader } from './word-rules.js';

const categoriesOf = labelReader(CATEGORY_RULES);
const tagsOf = labelReader(TAG_RULES);
const colorsOf = labelReader(COLOR_RULES);
const materialsOf = labelReader(MATERIAL_RULES);

/**
 * The 3,791 products of the demo shop as catalogue items, by stock code. Everything but id, price and date is read
 * from the title's words by the tables beside this file; a product whose words match nothing has no category.
 * @param folder folder that holds `products.csv.gz`
 * @param options `lastDay` moves `publishedAt` as `readDemoEvents` moves the events; left out, dates stay in 2010–2011
 */
export function readDemoItems(folder: string, options: { readonly lastDay?: Date } = {}): DemoItem[] {
  const weeks = options.lastDay === undefined ? 0 : demoShiftWeeks(options.lastDay);
  const titled = readProductRows(folder).map((row) => ({ id: row.stock_code, title: readableTitle(row.title), row }));
  const groups = variantGroups(titled);
  return titled.map(({ title, row }) => toItem(row, title, groups.get(row.stock_code), weeks));
}

function toItem(row: ProductRow, title: string, groupId: string | undefined, weeks: number): DemoItem {
  const color = colorsOf(title);
  const material = materialsOf(title);
  return {
    id: row.stock_code,
    title,
    categories: categoriesOf(title),
    tags: tagsOf(title),
    price: { amount: Number(row.unit_price), currency: 'GBP' },
    attributes: { ...(color.length > 0 && { color }), ...(material.length > 0 && { material }) },
    ...(groupId !== undefined && { groupId }),
    available: true,
    publishedAt: shiftShopTime(row.first_sold, weeks),
  };
}
