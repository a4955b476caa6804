import type { Run } from '../commands/command.js';
import { UsageError } from '../exit-code.js';

export interface AskedModelOptions {
  readonly url?: string;
  readonly model?: string;
  /** Name of the environment variable that holds the key. */
  readonly keyEnv?: string;
  readonly file?: string;
}

export type AskedModel =
  | { readonly file: string }
  | { readonly url: string; readonly model: string; readonly key: string | undefined; readonly timeoutMs: number };

/** Of one try: models behind an address may have to be loaded first. */
const TIMEOUT_MS = 60_000;

/** The model that options name, or else the environment, as a server would take it. */
export function askedModelOf(options: AskedModelOptions, variables: Run['variables']): AskedModel {
  const { ATTUNE_LLM_URL, ATTUNE_LLM_MODEL, ATTUNE_LLM_FILE } = variables;
  if (options.file !== undefined && options.url !== undefined)
    throw new UsageError('--file and --url name two models', 'Give one of them.');
  const file = options.file ?? (options.url === undefined ? known(ATTUNE_LLM_FILE) : undefined);
  if (file !== undefined) return { file };
  const url = options.url ?? known(ATTUNE_LLM_URL);
  const model = options.model ?? known(ATTUNE_LLM_MODEL);
  if (url === undefined || model === undefined)
    throw new UsageError(
      url === undefined ? 'no model is named' : 'the model has no name',
      'Give --url and --model, or --file, or set ATTUNE_LLM_URL and ATTUNE_LLM_MODEL.',
    );
  return { url, model, key: keyOf(options.keyEnv, variables), timeoutMs: TIMEOUT_MS };
}

function keyOf(name: string | undefined, variables: Run['variables']): string | undefined {
  if (name === undefined) return known(variables['ATTUNE_LLM_KEY']);
  const key = known(variables[name]);
  if (key !== undefined) return key;
  // What was typed stays out of the message: it may be the key itself.
  throw new UsageError('--key-env names a variable that is not set', 'Set it, or name the one that holds the key.');
}

const known = (text: string | undefined): string | undefined => (text === undefined || text === '' ? undefined : text);
