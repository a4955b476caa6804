import { defineReranker } from '@attune/sdk';
import { z } from 'zod';

/**
 * One item a group of variants: the best placed of each `groupId` stays, the others go behind everything else, in their
 * order. Items without a group are left alone.
 */
export const collapseVariantsReranker = defineReranker({
  id: 'collapse-variants',
  version: '1.0.0',
  config: z.strictObject({
    /** How many of the best candidates are looked at for variants, at least. */
    depth: z.int().min(1).max(1000).default(200),
  }),
  needs: ['items'],
  traits: { tier: 'basic' },
  setup: ({ depth }) => ({
    depth,
    rerank({ candidates: { size, items } }) {
      const groups = new Set<string>();
      const first: number[] = [];
      const others: number[] = [];
      for (let i = 0; i < size; i++) {
        const group = items[i]!.groupId;
        if (group !== undefined && groups.has(group)) others.push(i);
        else first.push(i);
        if (group !== undefined) groups.add(group);
      }
      return Uint32Array.from([...first, ...others]);
    },
  }),
});
