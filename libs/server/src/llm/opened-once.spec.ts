import { PortError, type Llm, type LlmOptions, type LlmPort } from '@attune/sdk';
import { openedOnce } from './opened-once.js';

/** A port that remembers what was opened; `fails`: how often it does at first. */
function port(fails = 0) {
  const asked: (readonly [string, LlmOptions | undefined])[] = [];
  const llm: LlmPort = {
    async open(purpose, options) {
      asked.push([purpose, options]);
      if (asked.length <= fails) throw new PortError('LLM_MISSING', 'not yet');
      return { model: `${asked.length}` } as Llm;
    },
  };
  return { llm, asked };
}

describe('openedOnce', () => {
  it('opens a purpose once, for all who ask, and another where other models are meant', async () => {
    const { llm, asked } = port();
    const all = await Promise.all([1, 2, 3].map(() => openedOnce(llm, 'chat')));
    expect(new Set(all).size).toBe(1);
    expect(await openedOnce(llm, 'chat', { runs: 'service' })).not.toBe(all[0]);
    expect(await openedOnce(llm, 'offer')).not.toBe(all[0]);
    expect(asked.map(([purpose, options]) => [purpose, options?.runs])).toEqual([
      ['chat', 'any'],
      ['chat', 'service'],
      ['offer', 'any'],
    ]);
  });

  it('opens it for each port', async () => {
    const [one, other] = [port(), port()];
    expect(await openedOnce(one.llm, 'chat')).not.toBe(await openedOnce(other.llm, 'chat'));
  });

  it('tries again where it could not be opened', async () => {
    const { llm, asked } = port(1);
    await expect(openedOnce(llm, 'chat')).rejects.toMatchObject({ code: 'LLM_MISSING' });
    expect((await openedOnce(llm, 'chat')).model).toBe('2');
    expect(asked).toHaveLength(2);
  });
});
