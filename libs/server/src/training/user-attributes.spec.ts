import type { TrainingData, User, UserStore } from '@attune/sdk';
import { withUserAttributes } from './user-attributes.js';

const data = { userIds: ['ann', 'anonymous:x', 'bob'] } as unknown as TrainingData;
const storeOf = (users: readonly User[]) =>
  ({
    size: () => Promise.resolve(users.length),
    get: (ids: readonly string[]) => Promise.resolve(ids.map((id) => users.find((user) => user.id === id))),
  }) as unknown as UserStore;

describe('withUserAttributes', () => {
  it('puts what was said of each user beside him, aligned', async () => {
    const users = storeOf([{ id: 'bob', attributes: { country: 'DE' } }, { id: 'ann' }]);
    const { userAttributes } = await withUserAttributes(data, users);
    expect(userAttributes).toEqual([undefined, undefined, { country: 'DE' }]);
  });

  it('leaves the data alone where nobody was described', async () => {
    expect(await withUserAttributes(data, storeOf([]))).toBe(data);
  });
});
