import { parentPort, workerData } from 'node:worker_threads';
import { duplicateGroups } from '@attune/language/understanding';

/** Runs in a thread of its own: titles in, groups of ids out. */
parentPort?.postMessage(duplicateGroups(workerData as Parameters<typeof duplicateGroups>[0]));
