import { z } from 'zod';
import { defineFilter, defineRetriever, defineScorer, PLUGIN } from '../index.js';

// The type tests are the compiler's: an unused @ts-expect-error fails `typecheck`.
describe('define* types', () => {
  it('hands a batch scorer exactly the needs, ports and spaces it declared', () => {
    const scorer = defineScorer({
      id: 'typed',
      version: '1.0.0',
      config: z.strictObject({ a: z.number().default(1) }),
      needs: ['history', 'titles'],
      uses: ['counts'],
      itemVectors: ['text'],
      setup: (config, host) => ({
        score({ requests, candidates }, out) {
          out[0] = config.a + requests[0]!.history.size + candidates.titles.length + candidates.itemVectors.text.dims;
          void host.counts;
          // @ts-expect-error a candidate signal that was not declared is not there
          void candidates.items;
          // @ts-expect-error nor is an undeclared request signal
          void requests[0]!.session;
          // @ts-expect-error nor a space that was not declared
          void candidates.itemVectors.image;
          // @ts-expect-error nor a port that was not asked for
          void host.textIndex;
          // @ts-expect-error config is the parsed output
          void config.b;
        },
      }),
    });
    expect(scorer.needs).toEqual(['history', 'titles']);
  });

  it('refuses a behavior of another kind, and unknown needs and ports', () => {
    // @ts-expect-error a scorer must score
    defineScorer({ id: 'x', version: '1.0.0', setup: () => ({ rerank: () => new Uint32Array() }) });
    // @ts-expect-error there is no such need
    defineScorer({ id: 'x', version: '1.0.0', needs: ['horoscope'], each: () => 1 });
    // @ts-expect-error there is no such port
    defineRetriever({ id: 'x', version: '1.0.0', uses: ['database'], setup: () => ({ retrieve: () => [] }) });
    expect(true).toBe(true);
  });

  it('types scalar forms by what they declare', () => {
    defineScorer({ id: 'x', version: '1.0.0', needs: ['items'], each: ({ item }) => item.price?.amount });
    // @ts-expect-error the item was not declared
    defineScorer({ id: 'x', version: '1.0.0', each: ({ item }) => (item === undefined ? 1 : 2) });
    defineFilter({
      id: 'x',
      version: '1.0.0',
      needs: ['titles', 'query'],
      each: ({ title }, { query }) => title !== query?.text,
    });
    // @ts-expect-error the query was not declared
    defineFilter({ id: 'x', version: '1.0.0', needs: ['titles'], each: (_, { query }) => query === undefined });
    expect(true).toBe(true);
  });
});

describe('define*', () => {
  // The simplest scorer is five lines:
  const cheapFirst = defineScorer({
    id: 'cheap-first',
    version: '1.0.0',
    needs: ['items'],
    each: ({ item }) => (item.price === undefined ? undefined : -item.price.amount),
  });

  it('freezes and brands with a registered symbol and the contract major', () => {
    expect(Object.isFrozen(cheapFirst)).toBe(true);
    expect(cheapFirst[PLUGIN]).toEqual({ sdkMajor: 1 });
    expect(Symbol.keyFor(PLUGIN)).toBe('attune.plugin');
  });

  it('lifts a scalar scorer to a batch, undefined to NaN', async () => {
    const running = await cheapFirst.setup({}, {} as never);
    const out = new Float32Array(2).fill(NaN);
    const items = [
      { id: 'a', title: 'A', price: { amount: 3, currency: 'GBP' } },
      { id: 'b', title: 'B' },
    ];
    const candidates = {
      size: 2,
      ids: ['a', 'b'],
      sources: new Uint32Array(2),
      rows: () => new Int32Array(2),
      itemVectors: {},
      items,
    };
    await running.score({ requests: [{}], offsets: Uint32Array.of(0, 2), candidates } as never, out, {} as never);
    expect([...out]).toEqual([-3, NaN]);
  });

  it.each([
    [{ id: 'Bad Id', version: '1.0.0' }, /kebab-case/],
    [{ id: 'ok', version: 'one' }, /semantic/],
    [{ id: 'ok', version: '1.0.0', budget: { hardMs: 0 } }, /hardMs/],
  ])('refuses %j with the fix', (wrong, message) => {
    expect(() => defineScorer({ ...wrong, each: () => 1 })).toThrow(message);
  });
});
