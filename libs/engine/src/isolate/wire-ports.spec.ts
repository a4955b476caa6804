import { PortError, type Call, type LlmAsk, type LlmLikelihoodAsk, type LlmRelevanceAsk } from '@attune/sdk';
import { memoryPorts, smallWorld } from '../fixtures/memory-stores.js';
import type { PortCall } from './port-call.js';
import { answerPortCall, remotePorts } from './wire-ports.js';

const call: Call = {
  tenant: 'default',
  deadline: { signal: new AbortController().signal, remainingMs: () => 1000 },
  degrade: () => undefined,
  note: () => undefined,
};

describe('a pair scorer across threads', () => {
  const asked: PortCall[] = [];
  const { pairScore } = remotePorts(['pairScore'], async (portCall) => {
    asked.push(portCall);
    return structuredClone(await answerPortCall(memoryPorts(smallWorld()), structuredClone(portCall), call));
  });

  it('is opened there, and scores there', async () => {
    const scorer = await pairScore.open('any');
    expect([...(await scorer.score('red', ['red shoes', 'red'], call))]).toEqual([6, 0]);
    expect(asked).toEqual([
      { port: 'pairScore', method: 'open', args: [['any']] },
      { port: 'pairScore', method: 'open', args: [['any'], 'score', 'red', ['red shoes', 'red']] },
    ]);
  });

  it('is refused with the reason where its model is missing', async () => {
    await expect(pairScore.open('missing')).rejects.toThrow('model folder missing: cannot read it');
  });
});

describe('graphs across threads', () => {
  it('are refused with the fix, and not asked for', async () => {
    const { graphs } = remotePorts(['graphs'], () => Promise.reject(new Error('asked')));
    await expect(graphs.open(new Uint8Array())).rejects.toThrow(
      "port 'graphs' is not there in a worker thread: set isolate: false for the step",
    );
    const asked: PortCall = { port: 'graphs', method: 'open', args: [new Uint8Array()] };
    await expect(answerPortCall(memoryPorts(smallWorld()), asked, call)).resolves.toEqual({
      error: "the plugin did not declare graphs.open: name the port in 'uses'",
    });
  });
});

describe('a language model across threads', () => {
  const ports = {
    ...memoryPorts(smallWorld()),
    llm: {
      open: async (purpose: string, options: unknown) => ({
        model: 'big',
        blocked: ['cheap'],
        answer: async ({ prompt }: LlmAsk) => {
          if (prompt === 'late@1') throw new PortError('LLM_LATE', 'no answer yet');
          return `${purpose} ${JSON.stringify(options)} ${prompt}`;
        },
        likelihood: async ({ continuations }: LlmLikelihoodAsk) => Float32Array.from(continuations, () => -1),
        relevance: async ({ query, texts }: LlmRelevanceAsk) =>
          Float32Array.from(texts, (text) => Number(text === query)),
      }),
    },
  };
  const { llm } = remotePorts(['llm'], async (portCall) =>
    structuredClone(await answerPortCall(ports, structuredClone(portCall), call)),
  );

  it('is asked there, for the purpose it was opened for, and its refusals keep their codes', async () => {
    const opened = await llm.open('mine', { runs: 'local' });
    expect([opened.model, opened.blocked]).toEqual(['big', ['cheap']]);
    const ask = { prompt: 'a@1', messages: [], maxTokens: 1 };
    expect(await opened.answer(ask, call)).toBe('mine {"runs":"local"} a@1');
    const continuations = [{ given: 'a', then: 'b' }];
    expect([...(await opened.likelihood({ prompt: 'a@1', continuations }, call))]).toEqual([-1]);
    expect([...(await opened.relevance({ query: 'a', texts: ['b', 'a'] }, call))]).toEqual([0, 1]);
    await expect(opened.answer({ ...ask, prompt: 'late@1' }, call)).rejects.toMatchObject({ code: 'LLM_LATE' });
    await expect(
      answerPortCall(ports, { port: 'llm', method: 'open', args: [['x'], 'constructor'] }, call),
    ).resolves.toEqual({ error: "port 'llm' has no constructor" });
  });
});
