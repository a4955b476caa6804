import { proposedValues } from './proposed-values.js';
import { conceptOf } from './reading/senses.js';
import { valueKey } from './reading/spelling.js';
import { LABELLED_TITLES, type TitleLabel } from './testing/labelled-titles.js';

/** Confidence from which a value is applied, and from which a person is asked. */
const [APPLIED, ASKED] = [0.8, 0.5];

/** Labels say basic colors: "pink" of FUSCHIA, which the table has as a shade of it. */
function isSame(attribute: string, value: string, label: TitleLabel): boolean {
  const key = valueKey(attribute, label.value);
  return valueKey(attribute, value) === key || conceptOf(attribute, value)?.family === key;
}

/** Proposals of an attribute from a confidence on: all, those with a label of the same value and span, and the labels. */
function counted(attribute: 'color' | 'size', from: number): { proposed: number; right: number; labels: number } {
  const counts = { proposed: 0, right: 0, labels: 0 };
  for (const labelled of LABELLED_TITLES) {
    counts.labels += labelled[attribute].length;
    for (const { value, span, ...proposal } of proposedValues({ title: labelled.title })) {
      if (proposal.attribute !== attribute || proposal.confidence < from) continue;
      counts.proposed++;
      if (
        labelled[attribute].some(
          (label) => label.from === span.from && label.to === span.to && isSame(attribute, value, label),
        )
      )
        counts.right++;
    }
  }
  return counts;
}

describe('values of titles that people labelled', () => {
  it.each(['color', 'size'] as const)('are right by %s, span included, where they are applied', (attribute) => {
    const { proposed, right } = counted(attribute, APPLIED);
    expect(proposed).toBeGreaterThan(0);
    expect(right / proposed).toBeGreaterThanOrEqual(0.95);
  });

  it.each([
    ['color', APPLIED, 0.7],
    ['color', ASKED, 0.9],
    ['size', APPLIED, 0.95],
  ] as const)('are found by %s from %p on: at least %p of them', (attribute, from, least) => {
    const { right, labels } = counted(attribute, from);
    expect(right / labels).toBeGreaterThanOrEqual(least);
  });

  it('come each with the words that they were read from', () => {
    for (const { title } of LABELLED_TITLES)
      for (const { span } of proposedValues({ title })) {
        expect(span.field).toBe('title');
        expect(span.text).not.toBe('');
        expect(title.slice(span.from, span.to)).toBe(span.text);
      }
  });
});
