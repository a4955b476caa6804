import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { workspaceRoot } from '../source-files.js';

/** The name of an image with the whole of its version. */
export const PINNED = /^[a-z0-9./-]+:\d+\.\d+\.\d+(-[a-z]+)*$/;

/** Text of a file of the workspace. */
export function textOf(file: string): string {
  return readFileSync(join(workspaceRoot, file), 'utf8');
}

/** A YAML file of the workspace, with merged anchors as Compose reads them. */
export function yamlOf(file: string): unknown {
  return parse(textOf(file), { merge: true });
}

/** The documents of a YAML file of the workspace. */
export function documentsOf(file: string): readonly unknown[] {
  return parseAllDocuments(textOf(file)).map((document) => {
    if (document.errors.length > 0) throw new Error(`${file}: ${document.errors.join('\n')}`);
    return document.toJS() as unknown;
  });
}

const VARIABLE = /\$\{([A-Z_]+)(?:(:-|:\?)([^}]*))?\}/g;

/**
 * A value with the variables of Compose filled in wherever text stands: `${NAME}`, `${NAME:-default}`,
 * `${NAME:?message}`. Throws the message of one that is needed and not given.
 */
export function interpolate(value: unknown, variables: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string') return fill(value, variables);
  if (Array.isArray(value)) return value.map((one) => interpolate(one, variables));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, interpolate(one, variables)]));
}

function fill(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replaceAll(VARIABLE, (_, name: string, mark: string | undefined, rest: string = '') => {
    const value = variables[name] ?? '';
    if (value !== '') return value;
    if (mark === ':?') throw new Error(`${name}: ${rest}`);
    return rest;
  });
}

/**
 * The value of an expression in the compiled server, whose modules `load(path)` gives: the specs of this project have
 * no rights to the sources of others.
 */
export function ofServer(expression: string): unknown {
  const dist = JSON.stringify(join(workspaceRoot, 'libs/server/dist'));
  const code = `const load = (path) => require(require('node:path').join(${dist}, path)); console.log(JSON.stringify(${expression}));`;
  return JSON.parse(execFileSync(process.execPath, ['-e', code], { encoding: 'utf8' }));
}

/** A constant of a source, in milliseconds: `NAME = 20_000`. Throws where there is none. */
function millisecondsOf(file: string, name: string): number {
  const found = new RegExp(`\\b${name} = ([\\d_]+);`).exec(textOf(file))?.[1];
  if (found === undefined) throw new Error(`${file} has no ${name}`);
  return Number(found.replaceAll('_', ''));
}

/** What the server says of an environment it would not start with; '' where it would. */
export function environmentFault(variables: Readonly<Record<string, string>>): string {
  const code = `(() => {
    try { load('config/environment.schema.js').readEnvironment(${JSON.stringify(variables)}); return ''; }
    catch (error) { return error.message; }
  })()`;
  return String(ofServer(code));
}

/** How long a process of each role takes to stop at most. A worker: connect again, drain, let go; then as a gateway. */
export function stopMs(): { readonly gateway: number; readonly worker: number } {
  const gateway = millisecondsOf('libs/server/src/start-server.ts', 'STOP_GRACE_MS');
  const crew = ['RECONNECT_MS', 'STOP_MS'].map((name) => millisecondsOf('libs/stores/src/bullmq/job-crew.ts', name));
  const drain = millisecondsOf('libs/stores/src/bullmq/open-job-queue.ts', 'DRAIN_MS');
  return { gateway, worker: [drain, gateway, ...crew].reduce((sum, one) => sum + one) };
}
