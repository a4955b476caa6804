import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '..', '..', 'test-results', 'faults');

/** What a fault did to what had been acknowledged: items, events, or both. */
export interface FaultRow {
  readonly fault: string;
  readonly acknowledged: number;
  /** Exactly once. */
  readonly found: number;
  /** From the fault until everything was as it should be; of several the longest. */
  readonly recoveryMs: number;
}

/** Keeps a row for the table of faults, as `test-results/faults/<fault>.json`. */
export function recordFault(row: FaultRow): void {
  mkdirSync(FOLDER, { recursive: true });
  const file = join(FOLDER, `${row.fault.replace(/\W+/g, '-')}.json`);
  writeFileSync(file, `${JSON.stringify({ ...row, recoveryMs: Math.round(row.recoveryMs) })}\n`);
}
