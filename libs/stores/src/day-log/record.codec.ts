import type { RecordHeader, RecordKind } from './record-kind.js';

/** A text in JSON, quotes included. */
const TEXT = '("(?:[^"\\\\]|\\\\.)*")';

/** Records of a kind as text. */
export class RecordCodec<T extends object> {
  /** What a text begins with: read at every start, where parsing whole records would take too long. */
  private readonly header: RegExp;

  constructor(readonly kind: RecordKind<T>) {
    const { id, group } = kind.names;
    this.header = new RegExp(`^\\{"${id}":${TEXT},"${group}":${TEXT}`);
  }

  readonly encode = (record: T): string => {
    const { names } = this.kind;
    const { id, group } = this.kind.headerOf(record);
    return JSON.stringify({ [names.id]: id, [names.group]: group, ...record });
  };

  readonly decode = (json: string): T =>
    // Nobody but `encode` writes where this reads; a log's checksums vouch for it besides.
    JSON.parse(json) as T;

  decodeHeader(json: string): RecordHeader {
    const [, id, group] = this.header.exec(json) ?? [];
    if (id === undefined || group === undefined) return this.kind.headerOf(this.decode(json));
    return { id: JSON.parse(id) as string, group: JSON.parse(group) as string };
  }
}
