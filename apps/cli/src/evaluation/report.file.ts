import { accessSync, constants, renameSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, resolve } from 'node:path';
import { reportHtml, reportOf, type EvaluationResult } from '@attune/evaluation';
import { UsageError } from '../exit-code.js';

/** Throws UsageError where a report could not be written, before there is one. */
export function assertReportable(file: string): void {
  try {
    accessSync(dirname(resolve(file)), constants.W_OK);
  } catch (error) {
    throw new UsageError(
      `${file} cannot be written (${(error as NodeJS.ErrnoException).code})`,
      'Name a file in a folder that exists and may be written to.',
    );
  }
}

/** Writes a result as one HTML page, whole or not at all. */
export function writeReport(file: string, result: EvaluationResult, inputs: readonly string[]): void {
  const processors = cpus();
  const page = reportHtml(
    reportOf(result, {
      inputs,
      createdAt: new Date().toISOString(),
      command: ['attune', ...process.argv.slice(2)].join(' '),
      machine: `${processors[0]?.model ?? 'unknown processor'} × ${processors.length}, Node.js ${process.versions.node}`,
    }),
  );
  writeFileSync(`${file}.partial`, page);
  renameSync(`${file}.partial`, file);
}
