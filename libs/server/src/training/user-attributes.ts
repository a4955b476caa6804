import type { TrainingData, UserStore } from '@attune/sdk';

/** Users described at once. */
const PAGE = 1_000;

/** The same data with what was said of its users, for trainers that learn by segment. */
export async function withUserAttributes(data: TrainingData, users: UserStore): Promise<TrainingData> {
  if ((await users.size()) === 0) return data;
  const userAttributes = [];
  for (let from = 0; from < data.userIds.length; from += PAGE)
    for (const user of await users.get(data.userIds.slice(from, from + PAGE))) userAttributes.push(user?.attributes);
  return { ...data, userAttributes };
}
