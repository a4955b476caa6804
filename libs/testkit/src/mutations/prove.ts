import assert from 'node:assert/strict';
import type { Plugin } from '@attune/sdk';
import type { ContractOptions } from '../contract/check.js';
import { failuresOf, globalRunner } from '../contract/contract.js';

/** One seeded bug and the check that must catch it. */
export interface Mutant<B extends string> {
  readonly bug: B;
  readonly caughtBy: string;
  /** Checks that the same bug cannot help failing too; `crash` where it throws in whatever asks the same. */
  readonly also?: readonly string[] | 'crash';
}

/**
 * Proves a kind's suite by mutation: the plugin without a bug passes every check; with one bug it fails the named
 * check, and no other but those the table lists.
 */
export function prove<B extends string>(
  plugin: (bug?: B) => Plugin,
  mutants: readonly Mutant<B>[],
  options: ContractOptions = {},
): void {
  const { describe, it } = globalRunner();
  const { kind, id } = plugin();
  describe(`${kind} suite, proved on ${id}`, () => {
    it('passes the twin without a bug', async () => {
      assert.deepEqual(await failuresOf(plugin(), {}, options), []);
    });
    for (const { bug, caughtBy, also = [] } of mutants) {
      it(`catches '${bug}' by: ${caughtBy}`, async () => {
        const failed = await failuresOf(plugin(bug), {}, { settleMs: 400, ...options });
        if (also === 'crash')
          assert.ok(failed.includes(caughtBy), `'${caughtBy}' passed; failed: ${failed.join(', ')}`);
        else assert.deepEqual([...failed].sort(), [caughtBy, ...also].sort());
      });
    }
  });
}

/** Chance that no seed repeats: what `Math.random` would be in a plugin. */
export function unseeded(): () => number {
  const drawn = crypto.getRandomValues(new Uint32Array(4096));
  let next = 0;
  return () => drawn[next++ % drawn.length]! / 0x1_0000_0000;
}

/** Never settles: a wait that nobody ends. */
export const forever = (): Promise<never> => new Promise(() => undefined);
