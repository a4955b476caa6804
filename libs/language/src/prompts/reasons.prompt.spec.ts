import { reasonsPrompts, type ReasonTold } from './reasons.prompt.js';

const reason: ReasonTold = {
  title: 'Spaceboy "deluxe" bottle',
  text: 'Because you bought Spaceboy lunch box',
  evidence: ['Spaceboy\nlunch box'],
  common: ['print: spaceboy'],
};
const bare: ReasonTold = { title: 'Red mug', text: 'Popular right now', evidence: [], common: [] };

describe('the prompt for reasons', () => {
  it('numbers the items, each with what its reason says, what it points to and what they share, all of it quoted', () => {
    const { messages, maxTokens } = reasonsPrompts.en.ask({ reasons: [reason, bare], query: 'mug', maxChars: 100 });
    expect(messages[1]!.content.split('\n')).toEqual([
      'Query: "mug"',
      '[1] "Spaceboy \\"deluxe\\" bottle"',
      'Says: "Because you bought Spaceboy lunch box"',
      'Points to: "Spaceboy lunch box"',
      'In common: "print: spaceboy"',
      '[2] "Red mug"',
      'Says: "Popular right now"',
    ]);
    expect(maxTokens).toBe(132);
  });

  it('asks in the language of the reasons, and answers with a list of texts', () => {
    const asks = [reasonsPrompts.en, reasonsPrompts.zh].map((prompt) =>
      prompt.ask({ reasons: [bare], query: undefined, maxChars: 100 }),
    );
    expect(asks.map(({ messages }) => /in (English|Chinese)/.exec(messages[0]!.content)?.[1])).toEqual([
      'English',
      'Chinese',
    ]);
    expect(asks[0]!.schema).toMatchObject({ required: ['reasons'] });
    expect(reasonsPrompts.en.read('{"reasons": ["a"]}')).toEqual({ reasons: ['a'] });
    for (const text of ['', '{"reasons": [1]}', '{"reasons": "a"}', '[]'])
      expect(() => reasonsPrompts.en.read(text)).toThrow(expect.objectContaining({ code: 'LLM_UNUSABLE' }));
  });

  it('of ten reasons in long Chinese stays below what a call may take by default', () => {
    const long = '杯'.repeat(1000);
    const told: ReasonTold = {
      title: long,
      text: long,
      evidence: [long, long, long, long],
      common: Array(9).fill(long),
    };
    const { messages, maxTokens } = reasonsPrompts.zh.ask({
      reasons: Array.from({ length: 10 }, () => told),
      query: long,
      maxChars: 80,
    });
    // The desk reckons with a token for two bytes.
    const bytes = messages.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0);
    expect(bytes / 2 + maxTokens).toBeLessThan(16_000);
  });
});
