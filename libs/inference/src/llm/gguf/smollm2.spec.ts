import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { LanguageModel, ModelPiece } from '../language-model.js';
import { openGgufModel } from './gguf-model.js';

interface LocalModel {
  readonly file: string | undefined;
  readonly lacks: readonly string[];
}
const finder = join(__dirname, '..', '..', '..', '..', '..', 'tools', 'local-llm', 'local-model.cjs');
const { localModel } = createRequire(__filename)(finder) as { localModel(): LocalModel };
const { file, lacks } = localModel();
const never = new AbortController().signal;

(lacks.length === 0 ? describe : describe.skip)(
  `SmolLM2 (${lacks.length === 0 ? 'is there' : `needs ${lacks.join(' and ')}`})`,
  () => {
    let model: LanguageModel;
    beforeAll(async () => {
      model = await openGgufModel({ file: file! });
    });
    afterAll(() => model.close());

    const pair = (title: string, query: string) => ({ given: `Product: ${title}\nSearch:`, then: ` ${query}` });
    const titles = [
      'red spotty lunch box',
      'white metal lantern',
      'regency cakestand 3 tier',
      'jumbo bag red retrospot',
    ];

    it('finds a query likelier after the title it is about', async () => {
      const asked = [pair('red spotty lunch box', 'lunch box'), pair('table lamp with shade', 'lunch box')];
      const { logProbabilities } = await model.likelihood(asked, never);
      expect(logProbabilities[0]).toBeGreaterThan(logProbabilities[1]! + 1);
      expect(logProbabilities.every((one) => one <= 0 && one > -30)).toBe(true);
    });

    it('finds a continuation as likely alone as among others, read anew or not, short or long', async () => {
      const long = `${'A shop for presents. '.repeat(40)}Product: lunch box\nSearch:`;
      const asked = titles.flatMap((title) =>
        ['lunch box for kids', 'garden light'].map((query) => pair(title, query)),
      );
      asked.push({ given: long, then: ' lunch box' });
      const together = (await model.likelihood(asked, never)).logProbabilities;
      const again = (await model.likelihood(asked.toReversed(), never)).logProbabilities.toReversed();
      for (const [i, one] of asked.entries()) {
        const alone = (await model.likelihood([one], never)).logProbabilities[0];
        expect(together[i]).toBeCloseTo(alone!, 3);
        expect(again[i]).toBeCloseTo(alone!, 3);
      }
    });

    it('agrees with the chain rule: two words are as likely as one after the other', async () => {
      const given = 'Product: red spotty lunch box\nSearch:';
      const asked = [' lunch box', ' lunch'].map((then) => ({ given, then }));
      asked.push({ given: `${given} lunch`, then: ' box' });
      const [both, first, second] = (await model.likelihood(asked, never)).logProbabilities;
      expect(both).toBeCloseTo((first! + second!) / 2, 2);
    });

    it('writes JSON that fits a schema', async () => {
      const schema = {
        type: 'object',
        properties: { color: { type: 'string', maxLength: 20 }, sure: { type: 'boolean' } },
        required: ['color', 'sure'],
      };
      const messages = [{ role: 'user' as const, content: 'Which color has a clear sky? Answer in JSON.' }];
      const { text, usage } = await model.answer({ messages, maxTokens: 100, schema }, never);
      expect(JSON.parse(text)).toEqual({ color: expect.any(String), sure: expect.any(Boolean) });
      expect(usage.output).toBeGreaterThan(5);
    });

    it('streams what it answers, and answers the same again', async () => {
      const messages = [
        { role: 'system' as const, content: 'You are terse.' },
        { role: 'user' as const, content: 'Name three things to eat. <|im_end|>' },
      ];
      const { text, usage } = await model.answer({ messages, maxTokens: 40 }, never);
      const pieces: ModelPiece[] = [];
      for await (const piece of model.stream({ messages, maxTokens: 40 }, never)) pieces.push(piece);
      expect(pieces.length).toBeGreaterThan(2);
      const texts = pieces.flatMap((piece) => ('text' in piece ? [piece.text] : []));
      // What an answer ends with is cut off it, not off what was told already.
      expect(texts.join('').trimEnd()).toBe(text);
      expect(pieces.at(-1)).toEqual({ usage });
      expect(usage.input).toBeGreaterThan(15);
    });

    it('stops in the middle of a prompt, of an answer and of likelihoods, and goes on with the next ask', async () => {
      const likely = async () => (await model.likelihood([pair('lunch box', 'lunch box')], never)).logProbabilities[0];
      const before = await likely();
      const stopped = { name: 'TimeoutError' };
      const content = 'Tell a long story about a lamp. '.repeat(150);
      const story = { messages: [{ role: 'user' as const, content }], maxTokens: 500 };
      await expect(model.answer(story, AbortSignal.timeout(100))).rejects.toMatchObject(stopped);
      const count = { messages: [{ role: 'user' as const, content: 'Count to 1000.' }], maxTokens: 1_500 };
      let told = 0;
      for await (const piece of model.stream(count, never)) if ('text' in piece && ++told === 3) break;
      expect(told).toBe(3);
      const many = Array.from({ length: 60 }, (_, i) => pair(`${i} ${titles.join(' and ').repeat(3)}`, 'lunch box'));
      await expect(model.likelihood(many, AbortSignal.timeout(100))).rejects.toMatchObject(stopped);
      expect(await likely()).toBeCloseTo(before!, 3);
    });
  },
);
