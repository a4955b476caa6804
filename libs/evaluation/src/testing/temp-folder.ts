import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of a spec's own; gone after `close`. */
export class TempFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'attune-evaluation-'));

  /** Path of a file of the folder. */
  at(name: string): string {
    return join(this.path, name);
  }

  /** Writes a file; its path. */
  write(name: string, content: string | Uint8Array): string {
    writeFileSync(this.at(name), content);
    return this.at(name);
  }

  close(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
