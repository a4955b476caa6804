import { AttuneError } from '@attune/sdk';
import { IntakeGate } from './intake-gate.js';

/** A store that takes rows when it is told to. */
class SlowStore {
  readonly begun: string[] = [];
  private readonly ends = new Map<string, (error?: Error) => void>();

  readonly store = (name: string) => (): Promise<string> => {
    this.begun.push(name);
    return new Promise((resolve, reject) =>
      this.ends.set(name, (error) => (error === undefined ? resolve(name) : reject(error))),
    );
  };
  end(name: string, error?: Error): void {
    this.ends.get(name)!(error);
  }
}

describe('the gate of intake', () => {
  let gate: IntakeGate;
  let slow: SlowStore;
  beforeEach(() => ([gate, slow] = [new IntakeGate(100), new SlowStore()]));

  const send = (name: string, rows: number): Promise<string> => gate.pass(rows, false, slow.store(name));
  const feed = (name: string, rows: number): Promise<string> => gate.pass(rows, true, slow.store(name));

  it('refuses what finds no room, until some was stored', async () => {
    const first = send('first', 60);
    const second = send('second', 40);
    await expect(send('third', 1)).rejects.toMatchObject({ code: 'TOO_BUSY', retryable: true });
    slow.end('second');
    expect(await second).toBe('second');
    const third = send('third', 1);
    slow.end('third');
    slow.end('first');
    expect(await Promise.all([first, third])).toEqual(['first', 'third']);
    expect(slow.begun).toEqual(['first', 'second', 'third']);
  });

  it('lets a batch in that is larger than all of the room, alone', async () => {
    const large = send('large', 1_000);
    await expect(send('small', 1)).rejects.toThrow(AttuneError);
    slow.end('large');
    await large;
    expect(slow.begun).toEqual(['large']);
  });

  it('lets feeds wait in turn, and nobody past them', async () => {
    const first = send('first', 60);
    const fed = [feed('a', 50), feed('b', 50), feed('c', 10)];
    await expect(send('small', 1)).rejects.toThrow('60 rows');
    expect(slow.begun).toEqual(['first']);
    slow.end('first');
    await first;
    expect(slow.begun).toEqual(['first', 'a', 'b']);
    slow.end('a');
    await fed[0];
    slow.end('b');
    slow.end('c');
    expect(await Promise.all(fed)).toEqual(['a', 'b', 'c']);
  });

  it('has room again after a store that failed', async () => {
    const failed = send('failed', 100);
    slow.end('failed', new Error('disk full'));
    await expect(failed).rejects.toThrow('disk full');
    const next = send('next', 100);
    slow.end('next');
    expect(await next).toBe('next');
  });
});
