import type { Call } from '@attune/sdk';
import { memoryPorts, smallWorld } from '../fixtures/memory-stores.js';
import { answerPortCall, remotePorts, type PortCall } from './wire-ports.js';

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
      { port: 'pairScore', method: 'open', args: ['any'] },
      { port: 'pairScore', method: 'open', args: ['any', 'red', ['red shoes', 'red']] },
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
