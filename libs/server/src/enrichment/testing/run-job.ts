import type { JsonValue, LlmPort } from '@attune/sdk';
import type { JobOutcome } from '@attune/sdk';
import { configSchema, type Config } from '../../config/config.schema.js';
import { jobRequestSchema, type JobRequestOf } from '../../jobs/job.js';
import type { TestGateway } from '../../http/testing/test-gateway.js';
import { describeItems, type DescribeParts, type DescribeResult } from '../drafts/describe-items.js';
import { enrichItems, type EnrichResult } from '../enrich-items.js';

export interface RunOptions {
  readonly llm?: LlmPort;
  readonly signal?: AbortSignal;
  readonly config?: Partial<Config>;
  /** Told after every page. */
  readonly progress?: (done: number, total: number) => void;
}

export interface RunOf<R> extends JobOutcome {
  readonly result: R;
}

/** Attributes of the test shops. */
export const ATTRIBUTES = configSchema.parse({
  attributes: { color: { type: 'keyword', facet: true }, size: { type: 'keyword' }, weight: { type: 'number' } },
}).attributes;

/** Runs an `enrich` job on the stores of a gateway, in this thread. */
export async function enrich(gateway: TestGateway, asked: object = {}, options: RunOptions = {}) {
  const request = jobRequestSchema.parse({ type: 'enrich', ...asked }) as JobRequestOf<'enrich'>;
  return runWith<EnrichResult>(options, (run) => enrichItems(partsOf(gateway, options), { ...run, request }));
}

/** Runs a `describe` job likewise. */
export async function describeAll(gateway: TestGateway, asked: object = {}, options: RunOptions = {}) {
  const request = jobRequestSchema.parse({ type: 'describe', ...asked }) as JobRequestOf<'describe'>;
  return runWith<DescribeResult>(options, (run) => describeItems(partsOf(gateway, options), { ...run, request }));
}

function partsOf({ tenant, platform }: TestGateway, { llm, config }: RunOptions): DescribeParts {
  const { stores, facts } = tenant;
  const { clock } = platform;
  const settings = { ...platform.config, attributes: ATTRIBUTES, ...config };
  return { tenant: tenant.tenant, stores, facts, llm: llm ?? tenant.llm, clock, config: settings };
}

interface Running {
  readonly id: string;
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number) => void;
  readonly result: { json(value: unknown): Promise<void>; line(): Promise<void> };
}

async function runWith<R>(
  { signal = new AbortController().signal, progress = () => undefined }: RunOptions,
  work: (run: Running) => Promise<JobOutcome>,
): Promise<RunOf<R>> {
  let found: unknown;
  const json = async (value: unknown): Promise<void> => void (found = JSON.parse(JSON.stringify(value)) as JsonValue);
  const outcome = await work({ id: 'job', signal, progress, result: { json, line: () => Promise.resolve() } });
  return { ...outcome, result: found as R };
}
