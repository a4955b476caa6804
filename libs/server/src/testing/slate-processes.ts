import type { LoggedSlate, StoredEvent } from '@attune/sdk';
import type { AttributedStores } from '../slates/attribution.js';

/** What the processes of one installation have stored; whom else it is told is up to the test. */
export class SlateProcesses {
  readonly slates: LoggedSlate[] = [];
  readonly events: StoredEvent[] = [];
  private readonly all: SlateProcess[] = [];

  /** One more process: it will hear of what is there already, too, as it would of what was stored just before. */
  open(): SlateProcess {
    const process = new SlateProcess(this);
    process.unheard.push(...this.slates, ...this.events);
    this.all.push(process);
    return process;
  }

  /** Lets the other processes hear of something, when it is their time. */
  announce(what: LoggedSlate | StoredEvent, by: SlateProcess): void {
    for (const process of this.all) if (process !== by) process.unheard.push(what);
  }
}

/** The stores of one process: a slate waits in it until it is written, an event is stored at once. */
export class SlateProcess implements AttributedStores {
  readonly unheard: (LoggedSlate | StoredEvent)[] = [];
  private readonly waiting: LoggedSlate[] = [];
  private readonly onSlate = new Set<(slate: LoggedSlate) => void>();
  private readonly onEvent = new Set<(event: StoredEvent) => void>();

  constructor(private readonly shared: SlateProcesses) {}

  readonly events: AttributedStores['events'] = {
    scan: () => once([...this.shared.events]),
    onAppend: (listener) => listen(this.onEvent, listener),
  };

  readonly slates: AttributedStores['slates'] = {
    get: (id) => Promise.resolve([...this.waiting, ...this.shared.slates].find(({ slateId }) => slateId === id)),
    scan: () => {
      this.write();
      return once([...this.shared.slates]);
    },
    stats: () => Promise.resolve({ slates: this.waiting.length + this.shared.slates.length, dropped: 0, sizeBytes: 0 }),
    onRecord: (listener) => listen(this.onSlate, listener),
  };

  record(slate: LoggedSlate): void {
    this.waiting.push(slate);
  }

  write(): void {
    for (const slate of this.waiting.splice(0)) {
      this.shared.slates.push(slate);
      this.shared.announce(slate, this);
    }
  }

  append(event: StoredEvent): void {
    this.shared.events.push(event);
    this.shared.announce(event, this);
    for (const tell of this.onEvent) tell(event);
  }

  /** Tells of what the other processes stored meanwhile. */
  hear(): void {
    for (const what of this.unheard.splice(0))
      if ('items' in what) for (const tell of this.onSlate) tell(what);
      else for (const tell of this.onEvent) tell(what);
  }
}

async function* once<T>(page: readonly T[]): AsyncGenerator<readonly T[]> {
  yield page;
}

function listen<T>(all: Set<(what: T) => void>, listener: (what: T) => void): () => void {
  all.add(listener);
  return () => all.delete(listener);
}
