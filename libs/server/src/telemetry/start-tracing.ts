import type { Environment } from '../config/environment.schema.js';
import type { Tracing } from './tracing.js';

export interface StartTracingOptions {
  readonly environment: Pick<Environment, 'OTEL_EXPORTER_OTLP_ENDPOINT'>;
  /** Version of the product. */
  readonly version: string;
}

/** Starts sending traces where the environment names a collector; undefined, and nothing is loaded, where it does not. */
export async function startTracing({ environment, version }: StartTracingOptions): Promise<Tracing | undefined> {
  const endpoint = environment.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (endpoint === undefined) return undefined;
  const { exportTraces } = await import('./export-traces.js');
  return exportTraces(endpoint, version);
}
