import type { Feeds } from '@attune/training';
import { shuffledRows } from '../sequences/shuffled.js';
import type { FieldEntries, FieldLayout } from './field.layout.js';

/** Cases to learn from. */
export interface Lessons {
  readonly layout: FieldLayout;
  readonly entries: FieldEntries;
  readonly labels: Uint8Array;
}

export interface DrawOptions {
  /** Cases a step. */
  readonly batch: number;
  /** Chance that a field of a case is told as cold. */
  readonly hide: number;
  readonly random: () => number;
}

/** All cases in random order as inputs of a DeepFM's loss, each batch made when its turn comes. */
export function drawBatches(lessons: Lessons, { batch, hide, random }: DrawOptions): readonly (() => Feeds)[] {
  const order = shuffledRows(lessons.labels.length, random);
  return Array.from({ length: Math.ceil(order.length / batch) }, (_, i) => () => {
    const cases = order.subarray(i * batch, (i + 1) * batch);
    const labels = Float32Array.from(cases, (at) => lessons.labels[at]!);
    return { ...entriesFor(cases, lessons, { hide, random }), labels, weight: Float32Array.of(1 / cases.length) };
  });
}

function entriesFor(
  cases: Int32Array,
  { layout: { fields, width }, entries }: Lessons,
  { hide, random }: Omit<DrawOptions, 'batch'>,
): FieldEntries {
  const rows = new Int32Array(cases.length * width);
  const values = new Float32Array(cases.length * width);
  cases.forEach((at, i) => {
    rows.set(entries.rows.subarray(at * width, (at + 1) * width), i * width);
    values.set(entries.values.subarray(at * width, (at + 1) * width), i * width);
    let slot = i * width;
    for (const { cold, slots } of fields) {
      if (hide > 0 && random() < hide) {
        rows.fill(cold, slot, slot + slots);
        values.fill(0, slot, slot + slots);
        values[slot] = 1;
      }
      slot += slots;
    }
  });
  return { rows, values };
}
