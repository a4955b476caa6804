import { saysProtected } from '@attune/language';
import { editedInterests, interestLines } from '@attune/language/understanding';
import { mayProfile, type InterestsPort, type TenantStores } from '@attune/sdk';
import { keptInterests } from './interests.record.js';

/** Lines of which the first ones are told, so that there are some left without those that say too much. */
const READ = 40;

/**
 * What plugins are told of people: the kept lines, as they are, without asking the log of events. Lines that say what a person
 * is by sex, religion, origin, health, age and the like are left out: they must not decide what anybody is shown.
 */
export const interestsPort = ({ records, users }: Pick<TenantStores, 'records' | 'users'>): InterestsPort => ({
  async of(userId, limit) {
    const [user] = await users.get([userId]);
    if (!mayProfile(user)) return [];
    const { record } = await keptInterests(records, userId);
    if (record?.interests === undefined) return [];
    const lines = editedInterests(interestLines(record.interests, { language: 'en', limit: READ }), record.edits, 'en');
    return lines
      .map(({ text }) => text)
      .filter((text) => !saysProtected(text))
      .slice(0, limit);
  },
});
