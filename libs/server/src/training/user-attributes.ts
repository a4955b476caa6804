import type { TrainingData, UserStore } from '@attune/sdk';

/** The same data with what was said of its users, for trainers that learn by segment. */
export function withUserAttributes(data: TrainingData, users: UserStore): TrainingData {
  if (users.size() === 0) return data;
  return { ...data, userAttributes: data.userIds.map((id) => users.find(id)?.attributes) };
}
