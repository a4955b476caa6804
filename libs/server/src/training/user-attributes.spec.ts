import type { TrainingData, User, UserStore } from '@attune/sdk';
import { withUserAttributes } from './user-attributes.js';

const data = { userIds: ['ann', 'anonymous:x', 'bob'] } as unknown as TrainingData;
const storeOf = (users: readonly User[]) =>
  ({ size: () => users.length, find: (id: string) => users.find((user) => user.id === id) }) as unknown as UserStore;

describe('withUserAttributes', () => {
  it('puts what was said of each user beside him, aligned', () => {
    const users = storeOf([{ id: 'bob', attributes: { country: 'DE' } }, { id: 'ann' }]);
    expect(withUserAttributes(data, users).userAttributes).toEqual([undefined, undefined, { country: 'DE' }]);
  });

  it('leaves the data alone where nobody was described', () => {
    expect(withUserAttributes(data, storeOf([]))).toBe(data);
  });
});
