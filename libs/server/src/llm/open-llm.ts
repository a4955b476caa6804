import {
  LlmDesk,
  openGgufModel,
  openOpenAiModel,
  type LanguageModel,
  type LlmLimits,
  type TenantLlm,
} from '@attune/inference';
import { PortError, type Clock } from '@attune/sdk';
import type { Config } from '../config/config.schema.js';
import type { Environment } from '../config/environment.schema.js';

const HOUR_MS = 3_600_000;
/** Calls at a time: of a service, and of a local model, which answers one after the other. */
const [REMOTE_CALLS, LOCAL_CALLS] = [4, 1];

export interface OpenLlmOptions {
  readonly environment: Pick<Environment, `ATTUNE_LLM_${'URL' | 'MODEL' | 'RERANK_MODEL' | 'KEY' | 'FILE'}`>;
  readonly config: Pick<Config, 'llm'>;
  readonly clock: Clock;
}

/**
 * The desk of the language model that the environment names; undefined where it names none.
 * @throws ModelError where a local file cannot be opened. A service is not asked before somebody needs it.
 */
export async function openLlm({ environment, config, clock }: OpenLlmOptions): Promise<LlmDesk | undefined> {
  const model = await openModel(environment, config.llm.timeoutMs);
  if (model === undefined) return undefined;
  const isLocal = environment.ATTUNE_LLM_FILE !== undefined;
  return new LlmDesk({ model, limits: limitsOf(config.llm, isLocal), clock });
}

async function openModel(
  {
    ATTUNE_LLM_URL: url,
    ATTUNE_LLM_MODEL: model,
    ATTUNE_LLM_RERANK_MODEL: rerankModel,
    ATTUNE_LLM_KEY: key,
    ATTUNE_LLM_FILE: file,
  }: OpenLlmOptions['environment'],
  timeoutMs: number,
): Promise<LanguageModel | undefined> {
  if (file !== undefined) return openGgufModel({ file });
  if (url === undefined || model === undefined) return undefined;
  const opened = openOpenAiModel({ url, model, rerankModel, key, timeoutMs });
  // Node loads its HTTP client with the first `fetch`: 20 ms in which a first slate with 40 ms for the model stood still.
  await fetch('data:,');
  return opened;
}

function limitsOf({ cache, tenants, concurrency, log: _log, ...limits }: Config['llm'], isLocal: boolean): LlmLimits {
  return {
    ...limits,
    concurrency: concurrency ?? (isLocal ? LOCAL_CALLS : REMOTE_CALLS),
    cacheEntries: cache.entries,
    cacheMs: cache.hours * HOUR_MS,
    tenants: new Map(Object.entries(tenants)),
  };
}

/** For servers without a language model: steps that ask one wait for it, and slates say so. */
export const NO_LLM: TenantLlm = {
  forgetAnswers: () => 0,
  open: () =>
    Promise.reject(
      new PortError('LLM_MISSING', 'no language model: set ATTUNE_LLM_URL and ATTUNE_LLM_MODEL, or ATTUNE_LLM_FILE'),
    ),
};
