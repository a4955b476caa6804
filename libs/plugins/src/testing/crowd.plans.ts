/** What `buildWorld` of the testkit takes. */
export interface CrowdPlan {
  readonly name: string;
  readonly items: readonly { readonly id: string; readonly title: string }[];
  readonly journeys: ReadonlyMap<string, readonly string[]>;
  readonly expectations: readonly [];
}

const RING = 30;
const STEPS = 6;
const HITS = 10;

/** Users enough to hold some out, who walk six steps each around a ring of items: what comes next follows from order. */
export function walkers(users = 220): CrowdPlan {
  return crowd('walkers', users, (u) => Array.from({ length: STEPS }, (_, k) => `s${(u * 7 + k) % RING}`));
}

/** Users who each take up two odd items nobody else has but their neighbor, then best sellers: popularity knows what is next. */
export function followers(users = 220): CrowdPlan {
  return crowd('followers', users, (u) => [
    `odd${u}`,
    `odd${u + 1}`,
    ...Array.from({ length: 3 }, (_, k) => `hit${(u + k * (1 + (u % 3))) % HITS}`),
  ]);
}

function crowd(name: string, users: number, journey: (user: number) => readonly string[]): CrowdPlan {
  const journeys = new Map(Array.from({ length: users }, (_, u) => [`u${u}`, journey(u)]));
  const items = [...new Set([...journeys.values()].flat())].map((id) => ({ id, title: id }));
  return { name, items, journeys, expectations: [] };
}
