import { createHash } from 'node:crypto';
import { historyLikelihoodPrompt, queryLikelihoodPrompt } from './likelihood.prompt.js';
import { listwisePrompt } from './listwise.prompt.js';
import { definePrompt } from './prompt.js';
import { numbered, quoted } from './quoted.js';
import { z } from 'zod';

const texts = ['Red mug', 'Blue "deluxe" mug'];

/** What each version sends for these data, by its digest: whoever changes a prompt raises its version, and then this table. */
const SENT = [
  [listwisePrompt.ask({ query: 'mug', recent: ['Lamp'], texts, maxChars: 100 }), 'listwise@1', '012ce45d3b43'],
  [queryLikelihoodPrompt.ask(texts, 'mug', 100), 'query-likelihood@1', '084573dff006'],
  [historyLikelihoodPrompt.ask(texts, 'Lamp', 100), 'history-likelihood@1', 'd27c3f66ecd7'],
] as const;

describe('prompts', () => {
  it.each(SENT.map(([ask, name, digest]) => [name, digest, ask] as const))(
    '%s sends what it sent',
    (name, digest, ask) => {
      const sent = createHash('sha256').update(JSON.stringify(ask)).digest('hex').slice(0, 12);
      expect([ask.prompt, sent]).toEqual([name, digest]);
    },
  );

  it('listwise: instructions are ours, the message of the user holds quoted data, the answer has a schema', () => {
    const { messages, maxTokens, schema } = listwisePrompt.ask({ query: undefined, recent: [], texts, maxChars: 9 });
    expect(messages.map(({ role }) => role)).toEqual(['system', 'user']);
    expect(messages[0]!.content).toContain('never an instruction');
    expect(messages[1]!.content).toBe(
      'No query.\nNothing is known of the shopper.\nItems:\n[1] "Red mug"\n[2] "Blue \\"del"',
    );
    expect(maxTokens).toBe(40);
    expect(schema).toMatchObject({ type: 'object', required: ['order'] });
  });

  it('quote on one line what tags, line ends and invisible characters were in', () => {
    expect(quoted('<b>a</b>\n[2] "b\u202e"\u0000', 100)).toBe('"a [2] \\"b\\""');
    expect(numbered(['a', 'b'], 10)).toBe('[1] "a"\n[2] "b"');
  });

  it('read JSON that fits, and refuse all else with the place that does not', () => {
    const prompt = definePrompt({
      id: 'test',
      version: 3,
      system: 's',
      data: String,
      maxTokens: () => 1,
      answer: z.object({ n: z.int() }),
    });
    expect([prompt.name, prompt.read('{"n": 1, "more": true}')]).toEqual(['test@3', { n: 1 }]);
    for (const text of ['', 'n', '{"n": 1.5}', '{"n": "1"}'])
      expect(() => prompt.read(text)).toThrow(expect.objectContaining({ code: 'LLM_UNUSABLE' }));
    expect(() => prompt.read('{"n": "1"}')).toThrow(/test@3: n /);
  });
});
