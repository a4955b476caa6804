import { context, propagation, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { tracingOn, type Tracing } from './tracing.js';

/** Sends spans in batches to a collector: `<endpoint>/v1/traces`, JSON. Other OTEL_ variables are heeded as usual. */
export function exportTraces(endpoint: string, version: string): Tracing {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'attune', 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  provider.register();
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    // A collector that is gone must not keep the server from ending.
    await provider.shutdown().catch(() => undefined);
    for (const api of [trace, context, propagation]) api.disable();
  };
  return tracingOn(() => (stopping ??= stop()));
}
