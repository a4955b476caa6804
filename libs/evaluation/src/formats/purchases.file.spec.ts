import { TempFolder } from '../testing/temp-folder.js';
import { readPurchases, type PurchaseData } from './purchases.file.js';

const folder = new TempFolder();
afterAll(() => folder.close());

const read = (content: string): Promise<PurchaseData> => readPurchases([folder.write('purchases', content)]);
const HOUR = 3_600_000;
const basketsOf = ({ baskets, itemIds }: PurchaseData): string[][] =>
  baskets.map((ofUser) => ofUser.map(({ at, items }) => `${at / HOUR} ${items.map((row) => itemIds[row]).join('')}`));

it('takes what one user bought at one moment as a basket, oldest first, each item once', async () => {
  const data = await read('user,item,time\nu,b,7200\nu,a,3600\nu,b,3600\nu,a,3600\nv,c,1970-01-01T01:00:00Z\n');
  expect(basketsOf(data)).toEqual([['1 ab', '2 b'], ['1 c']]);
  expect([data.userIds, data.notes]).toEqual([['u', 'v'], []]);
});

it('takes baskets by their names where there are names, and tells those of one moment apart', async () => {
  const data = await read(
    'customer_id,stock_code,time,invoice\nu,a,3600000000000,1\nu,b,3600000000000,2\nu,c,3600060000000,1\n',
  );
  expect(data.baskets[0]!.map(({ at, items }) => [at, items])).toEqual([
    [3_600_000_000_000, [0, 2]],
    [3_600_000_000_001, [1]],
  ]);
});

it('leaves out who has no name and what was sent back, and says so', async () => {
  const data = await read('user,item,time,quantity\nu,a,1,2\n,a,1,1\nu,a,2,-1\nu,a,3,0\nu,a,4,1\nu,a,5,1\nu,b,6,1\n');
  expect(basketsOf(data)[0]).toHaveLength(4);
  expect(data.notes).toEqual([
    '1 rows without a user are left out',
    '2 rows of quantities that are not above 0 are left out',
  ]);
});

it('reads times without a zone as UTC, wherever it runs', async () => {
  const data = await read('user,item,time\nu,a,2011-12-09 08:26:00\nu,b,2011-12-09T08:26+02:00\nu,c,2011-12-09\n');
  const day = Date.UTC(2011, 11, 9);
  expect(data.baskets[0]!.map(({ at }) => (at - day) / 60_000)).toEqual([0, 386, 506]);
});

it.each([
  ['user,item,time\nu,a,yesterday\n', /:2: 'yesterday' is no time$/],
  ['user,item,time\nu,a,NaN\n', /:2: 'NaN' is no time$/],
  ['user,item,time\nu,,1\n', /:2: no item$/],
  ['user,item\nu,a\n', /no column 'time'$/],
  ['user,item,time\n,a,1\n', /no purchase in it; 1 rows without a user are left out$/],
])('refuses %j', async (content, message) => {
  await expect(read(content)).rejects.toMatchObject({ code: 'DATA_FILE', message: expect.stringMatching(message) });
});
