import type { Owners } from '../metrics/owner.resamples.js';

/**
 * Whose cases are, by rows of their users: a case without one (−1) is its own. Where all are of one user each is its own, too:
 * there is nobody else to resample.
 */
export function ownersOf(users: readonly number[]): Owners {
  const known = new Map<number, number>();
  let count = 0;
  const owners = Int32Array.from(users, (user) => {
    const owner = user < 0 ? count : (known.get(user) ?? count);
    if (owner === count) count += 1;
    if (user >= 0) known.set(user, owner);
    return owner;
  });
  return count > 1 ? owners : owners.map((_, at) => at);
}
