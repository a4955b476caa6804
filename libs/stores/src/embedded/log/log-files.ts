import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DataFolderError } from '../folder/data-folder.error.js';
import { replaceSynced, writeSynced } from '../folder/durable-file.js';
import { encodeRecords, isSoundLine, PREFIX_BYTES } from './record-line.codec.js';

const MANIFEST_NAME = 'MANIFEST';
const MANIFEST_DRAFT = 'MANIFEST.draft';
const SEGMENT = /^(\d{6,})\.log$/;
const SET_ASIDE = /^\d{6,}\.log\.torn-\d+(\.\d+)?$/;

/** Which segments make up the log: `first` to `last`; `last` < `first` means none yet. */
export interface LogManifest {
  readonly first: number;
  readonly last: number;
  /** A rewrite is writing segments beyond `last`, which count for nothing until it has finished. */
  readonly rewriting: boolean;
}

export interface LogListing {
  /** Numbers of the segment files, ascending. */
  readonly segments: readonly number[];
  /** Names of the files that hold torn writes set aside. */
  readonly torn: readonly string[];
  /** Undefined in a folder without any log file. */
  readonly manifest: LogManifest | undefined;
}

export function segmentName(number: number): string {
  return `${String(number).padStart(6, '0')}.log`;
}

export function segmentPath(folder: string, number: number): string {
  return join(folder, segmentName(number));
}

/** Writes the next manifest beside the present one; a failure changes nothing. */
export async function draftManifest(folder: string, manifest: LogManifest): Promise<void> {
  await writeSynced(join(folder, MANIFEST_DRAFT), encodeRecords([{ format: 'attune-log', version: 1, ...manifest }]));
}

/** Makes the draft the log's truth, durably; after a failure either may be. */
export async function promoteManifest(folder: string): Promise<void> {
  await replaceSynced(join(folder, MANIFEST_DRAFT), join(folder, MANIFEST_NAME));
}

/** Reads what is in a log's folder; names with a leading dot are none of its business. */
export async function listLog(folder: string): Promise<LogListing> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.') && name !== MANIFEST_DRAFT);
  const segments: number[] = [];
  for (const name of names) {
    const number = SEGMENT.exec(name)?.[1];
    if (number !== undefined) segments.push(Number(number));
    else if (name !== MANIFEST_NAME && !SET_ASIDE.test(name))
      throw corrupt(folder, name, 'move the unexpected file away');
  }
  const torn = names.filter((name) => SET_ASIDE.test(name));
  segments.sort((a, b) => a - b);
  if (names.includes(MANIFEST_NAME)) return { segments, torn, manifest: await readManifest(folder) };
  if (segments.length === 0) return { segments, torn, manifest: undefined };
  throw corrupt(folder, MANIFEST_NAME, 'it is missing: restore the folder from a backup');
}

async function readManifest(folder: string): Promise<LogManifest> {
  const bytes = await readFile(join(folder, MANIFEST_NAME));
  if (isSoundLine(bytes, 0, bytes.length - 1)) {
    const value = JSON.parse(bytes.toString('utf8', PREFIX_BYTES)) as LogManifest & { format: string; version: number };
    if (value.format === 'attune-log' && value.version === 1) return value;
    throw corrupt(folder, MANIFEST_NAME, `version ${value.version} is not known: use the release that wrote it`);
  }
  throw corrupt(folder, `${MANIFEST_NAME} at byte 0`, 'restore the folder from a backup');
}

/** The error for damage that no crash explains; `where` names file and byte, `fix` what to do. */
export function corrupt(folder: string, where: string, fix: string): DataFolderError {
  return new DataFolderError('LOG_CORRUPT', `The log ${folder} is damaged, ${where}: ${fix}. Nothing was changed.`);
}
