import type { WrittenLanguage } from '../writing/description.style.js';
import { interestText } from './interest.phrases.js';
import { lineId, partsOfId } from './interest-lines.js';
import type { InterestEdits, InterestLine } from './interests.types.js';

type Edits = Pick<InterestEdits, 'hidden' | 'pinned' | 'added'>;

/**
 * Lines as a person edited them: first those pinned, then those added, then the others. Hidden ones are left out,
 * whatever else is said of them. A pinned one stays without events too, save one of a price, which says nothing
 * without them.
 */
export function editedInterests(
  lines: readonly InterestLine[],
  { hidden, pinned, added }: Edits,
  language: WrittenLanguage,
): readonly InterestLine[] {
  const byId = new Map(lines.map((line) => [line.id, line]));
  const own = (path: string, value: string): InterestLine => ({
    id: lineId(path, value),
    path,
    value,
    strength: 1,
    text: interestText({ path, value, strength: undefined }, language),
    by: 'user',
    evidence: byId.get(lineId(path, value))?.evidence ?? { events: 0, lastAt: undefined },
  });
  const stayed = pinned.flatMap((id) => {
    const [line, parts] = [byId.get(id), partsOfId(id)];
    if (line !== undefined) return [line];
    return parts === undefined || parts.value === '' || parts.path === 'price' ? [] : [own(parts.path, parts.value)];
  });
  const all = [...stayed, ...added.map(({ path, value }) => own(path, value)), ...lines];
  const gone = new Set(hidden);
  const edited = new Map<string, InterestLine>();
  for (const line of all) if (!gone.has(line.id) && !edited.has(line.id)) edited.set(line.id, line);
  return [...edited.values()];
}
