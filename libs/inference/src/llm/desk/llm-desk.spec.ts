import { fakeCall } from '@attune/testkit';
import { ModelError } from '../language-model.js';
import { forgetfulStore } from './testing/forgetful.store.js';
import { answerAsk, ask, bench, closeDesks, codeOf, turns, USAGE } from './testing/desk.bench.js';

/** A budget for waiting that is over soon, in real time: what waits for it waits for a timer. */
const BRIEF_MS = 8;
const soon = () => fakeCall({ remainingMs: BRIEF_MS });

afterEach(closeDesks);

describe('LlmDesk: answers', () => {
  it('answers, accounts for the call, and tells the trace', async () => {
    const one = bench();
    const llm = await one.open();
    const call = fakeCall();
    const answer = llm.answer(ask('hello', { userId: 'ann' }), call);
    await answerAsk(one, 'hi');
    expect(await answer).toBe('hi');
    const { at: _at, ...record } = one.records[0]!;
    expect(record).toEqual({
      tenant: 'default',
      prompt: 'test@1',
      model: 'hand-fed',
      ms: 0,
      usage: USAGE,
      cost: (10 * 1 + 1 * 10) / 1e6,
      outcome: 'answered',
      userId: 'ann',
      sent: [{ role: 'user', content: 'hello' }],
    });
    expect(call.notes).toEqual([{ code: 'LLM_CALLED', detail: expect.stringContaining('10 + 1 tokens') as string }]);
  });

  it('hands on which words no text for people may have', async () => {
    expect((await bench({ blocked: ['cheap'] }).open()).blocked).toEqual(['cheap']);
  });

  it('answers an equal ask from its cache until that is over, and any other by a call', async () => {
    const one = bench();
    const llm = await one.open();
    const first = llm.answer(ask('a'), fakeCall());
    await answerAsk(one, 'A');
    await first;
    expect([await llm.answer(ask('a'), fakeCall()), one.model.asks.length]).toEqual(['A', 1]);
    expect(one.cached).toEqual(['default test@1']);
    for (const other of [ask('b'), ask('a', { prompt: 'test@2' }), ask('a', { maxTokens: 11 })])
      void llm.answer(other, fakeCall()).catch(() => undefined);
    await turns();
    expect(one.model.asks).toHaveLength(4);
    one.clock.advance(1_001);
    void llm.answer(ask('a'), fakeCall()).catch(() => undefined);
    // The cache is empty again; four calls are under way already, so this one waits its turn.
    await answerAsk(one, 'B', 1);
    expect(one.model.asks).toHaveLength(5);
  });

  it('asks once for those who ask the same at a time', async () => {
    const one = bench();
    const llm = await one.open();
    const answers = [1, 2, 3].map(() => llm.answer(ask('same'), fakeCall()));
    await answerAsk(one, 'once');
    expect([await Promise.all(answers), one.model.asks.length, one.records.length]).toEqual([
      ['once', 'once', 'once'],
      1,
      1,
    ]);
  });

  it('keeps tenants apart: neither answers nor budgets of one serve another', async () => {
    const one = bench({ budget: { tokensPerDay: 100 }, tenants: new Map([['b', { tokensPerDay: 0 }]]) });
    const [a, b] = [await one.open('a'), await one.open('b')];
    const first = a.answer(ask('same'), fakeCall());
    await answerAsk(one, 'for a');
    await first;
    expect(await codeOf(b.answer(ask('same'), fakeCall()))).toBe('LLM_BUDGET_SPENT');
    expect(one.model.asks).toHaveLength(1);
  });

  it('sends nothing that identifies a person', async () => {
    const one = bench();
    const llm = await one.open();
    void llm.answer(ask('I am ann@example.org'), fakeCall()).catch(() => undefined);
    void llm
      .likelihood(
        { prompt: 'p@1', continuations: [{ given: 'call +44 20 7946 0958', then: 'ann@example.org' }] },
        fakeCall(),
      )
      .catch(() => undefined);
    await turns();
    expect(one.model.asks[0]!.messages).toEqual([{ role: 'user', content: 'I am [email]' }]);
    expect(one.model.weighed[0]!.continuations).toEqual([{ given: 'call [phone]', then: '[email]' }]);
  });

  it('keeps of an answer with a schema its JSON alone, and pays for one that does not fit', async () => {
    const schema = { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] };
    const one = bench();
    const llm = await one.open();
    const fenced = llm.answer(ask('a', { schema }), fakeCall());
    await answerAsk(one, 'Sure!\n```json\n{"n": 1}\n```');
    expect(await fenced).toBe('{"n":1}');
    for (const [i, text] of ['no', '{"n":"1"}', '{', ''].entries()) {
      const refused = codeOf(llm.answer(ask(`b${i}`, { schema }), fakeCall()));
      await answerAsk(one, text, i + 1);
      expect(await refused).toBe('LLM_UNUSABLE');
    }
    expect(one.records.slice(1).map(({ outcome, usage }) => [outcome, usage])).toEqual(
      Array.from({ length: 4 }, () => ['LLM_UNUSABLE', USAGE]),
    );
  });
});

describe('LlmDesk: time', () => {
  it('is late in time, and keeps the late answer for the next equal ask', async () => {
    const one = bench();
    const llm = await one.open();
    const began = performance.now();
    expect(await codeOf(llm.answer(ask('slow'), soon()))).toBe('LLM_LATE');
    expect(performance.now() - began).toBeGreaterThan(BRIEF_MS / 2);
    await answerAsk(one, 'at last');
    expect(await llm.answer(ask('slow'), soon())).toBe('at last');
  });

  it('is not waited for after five late answers, still asked, and tried again after five seconds', async () => {
    const one = bench({ concurrency: 100 });
    const llm = await one.open();
    for (let i = 0; i < 5; i++) expect(await codeOf(llm.answer(ask(`a${i}`), soon()))).toBe('LLM_LATE');
    const began = process.cpuUsage();
    expect(await codeOf(llm.answer(ask('b'), fakeCall({ remainingMs: 60_000 })))).toBe('LLM_CIRCUIT_OPEN');
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1000).toBeLessThan(50);
    await answerAsk(one, 'B', 5);
    expect(await llm.answer(ask('b'), soon())).toBe('B');
    one.clock.advance(5_000);
    const tried = llm.answer(ask('c'), fakeCall());
    await answerAsk(one, 'C', 6);
    expect(await tried).toBe('C');
  });

  it('gives up a call that lasts too long, and counts it as if it had taken all that it may', async () => {
    const one = bench({ timeoutMs: 5 });
    const llm = await one.open();
    expect(await codeOf(llm.answer(ask('never'), fakeCall({ remainingMs: 60_000 })))).toBe('LLM_UNAVAILABLE');
    expect(one.records[0]).toMatchObject({ outcome: 'LLM_UNAVAILABLE', usage: { output: 10 } });
  });

  it('breaks off what is under way when it closes, and closes the model', async () => {
    const one = bench();
    const llm = await one.open();
    const answer = codeOf(llm.answer(ask('a'), fakeCall()));
    await turns();
    await one.desk.close();
    expect([await answer, one.model.asks[0]!.signal.aborted, one.model.closed]).toEqual([
      'LLM_UNAVAILABLE',
      true,
      true,
    ]);
  });
});

describe('LlmDesk: limits', () => {
  it('sends nothing on a budget of 0, and says so', async () => {
    const one = bench({ budget: { tokensPerDay: 0 } });
    const llm = await one.open();
    expect(await codeOf(llm.answer(ask('a'), fakeCall()))).toBe('LLM_BUDGET_SPENT');
    expect([one.model.asks, one.records]).toEqual([[], []]);
  });

  it('stops a day at its tokens and its money, whatever is under way, and goes on the next day', async () => {
    const spent = forgetfulStore();
    const one = bench({ budget: { tokensPerDay: 40 } });
    const llm = await one.open('default', spent);
    // Each may take 2 + 10 tokens, and takes 11.
    const three = ['a', 'b', 'c'].map((text) => llm.answer(ask(text), fakeCall()));
    expect(await codeOf(llm.answer(ask('d'), fakeCall()))).toBe('LLM_BUDGET_SPENT');
    for (const nth of [0, 1, 2]) await answerAsk(one, 'x', nth);
    await Promise.all(three);
    expect(await codeOf(llm.answer(ask('d'), fakeCall()))).toBe('LLM_BUDGET_SPENT');
    expect(await spent.spent('2026-01-31')).toEqual({ tokens: 33, money: expect.closeTo(6e-5, 12) as number });
    one.clock.advance(86_400_000);
    const next = llm.answer(ask('d'), fakeCall());
    await answerAsk(one, 'y', 3);
    expect(await next).toBe('y');
    const rich = bench({ budget: { moneyPerDay: 0.000_05 } });
    expect(await codeOf((await rich.open()).answer(ask('a'), fakeCall()))).toBe('LLM_BUDGET_SPENT');
  });

  it('knows after a start what the day has spent before it', async () => {
    const spent = forgetfulStore();
    await spent.add('2026-01-31', { tokens: 95, money: 0 });
    const one = bench({ budget: { tokensPerDay: 100 } });
    expect(await codeOf((await one.open('default', spent)).answer(ask('a'), fakeCall()))).toBe('LLM_BUDGET_SPENT');
  });

  it('refuses a call that is too large', async () => {
    const one = bench({ budget: { tokensPerCall: 50 } });
    expect(await codeOf((await one.open()).answer(ask('a'.repeat(100)), fakeCall()))).toBe('LLM_BUDGET_SPENT');
  });

  it('keeps to its requests and tokens a minute', async () => {
    const one = bench({ requestsPerMinute: 2 });
    const llm = await one.open();
    const two = ['a', 'b'].map((text) => llm.answer(ask(text), fakeCall()));
    expect(await codeOf(llm.answer(ask('c'), fakeCall()))).toBe('LLM_RATE_LIMITED');
    for (const nth of [0, 1]) await answerAsk(one, 'x', nth);
    await Promise.all(two);
    one.clock.advance(30_000);
    const third = llm.answer(ask('c'), fakeCall());
    await answerAsk(one, 'z', 2);
    expect(await third).toBe('z');
    const slow = bench({ tokensPerMinute: 20 });
    const other = await slow.open();
    void other.answer(ask('a'), fakeCall()).catch(() => undefined);
    expect(await codeOf(other.answer(ask('b'), fakeCall()))).toBe('LLM_RATE_LIMITED');
  });

  it('sends so many at a time, lets so many wait, and refuses the others', async () => {
    const one = bench({ concurrency: 1, waiting: 1 });
    const llm = await one.open();
    const two = ['a', 'b'].map((text) => llm.answer(ask(text), fakeCall()));
    expect(await codeOf(llm.answer(ask('c'), fakeCall()))).toBe('LLM_RATE_LIMITED');
    await answerAsk(one, 'A');
    await answerAsk(one, 'B', 1);
    expect(await Promise.all(two)).toEqual(['A', 'B']);
  });

  it('leaves a model alone that failed five times in a row, for five seconds', async () => {
    const one = bench();
    const llm = await one.open();
    for (let i = 0; i < 5; i++) {
      const failed = codeOf(llm.answer(ask(`a${i}`), fakeCall()));
      await turns();
      one.model.asks[i]!.reject(new ModelError(i % 2 === 0 ? 'unavailable' : 'busy', 'no'));
      expect(await failed).toBe(i % 2 === 0 ? 'LLM_UNAVAILABLE' : 'LLM_RATE_LIMITED');
    }
    expect(await codeOf(llm.answer(ask('b'), fakeCall()))).toBe('LLM_CIRCUIT_OPEN');
    expect(one.model.asks).toHaveLength(5);
    one.clock.advance(5_000);
    const tried = llm.answer(ask('b'), fakeCall());
    await answerAsk(one, 'B', 5);
    expect(await tried).toBe('B');
  });
});
