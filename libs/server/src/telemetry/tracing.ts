import { context, propagation, SpanKind, SpanStatusCode, trace, type Context, type Span } from '@opentelemetry/api';
import type { SlateObserver } from '@attune/engine';

/** What a request's span says of it once it is answered. Nothing of a person. */
export interface AnsweredRequest {
  readonly status: number;
  readonly tenant: string | undefined;
  readonly code: string | undefined;
}

/** Traces of requests and slates by OpenTelemetry. */
export interface Tracing {
  /** A span for a request, under the caller's where its headers name one. */
  begin(method: string, route: string, headers: Readonly<Record<string, unknown>>): Span;
  /** Runs work as part of a span. */
  within(span: Span, work: () => void): void;
  end(span: Span, answered: AnsweredRequest): void;
  readonly slates: SlateObserver;
  /** Sends what is not sent yet. May be called twice. */
  stop(): Promise<void>;
}

const tracer = () => trace.getTracer('attune');

/** A request's spans, made with whatever provider is registered. */
export function tracingOn(stop: () => Promise<void>): Tracing {
  return {
    begin(method, route, headers) {
      const parent = propagation.extract(context.active(), headers);
      const attributes = { 'http.request.method': method, 'http.route': route };
      return tracer().startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, attributes }, parent);
    },
    within: (span, work) => context.with(trace.setSpan(context.active(), span), work),
    end(span, { status, tenant, code }) {
      span.setAttribute('http.response.status_code', status);
      if (tenant !== undefined) span.setAttribute('attune.tenant', tenant);
      if (code !== undefined) span.setAttribute('attune.code', code);
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
    slates: slateSpans,
    stop,
  };
}

/** A span a stage and, below it, one a plugin; only as part of a request's span. */
const slateSpans: SlateObserver = {
  stage(surface, { stage, ms, candidates, plugins }) {
    const request = trace.getActiveSpan();
    if (request === undefined) return;
    request.setAttribute('attune.surface', surface);
    const attributes = { 'attune.surface': surface, 'attune.candidates': candidates };
    const span = ended(`stage ${stage}`, ms, { attributes, parent: context.active() });
    const parent = trace.setSpan(context.active(), span);
    for (const { plugin, ms: took } of plugins) {
      ended(`plugin ${plugin}`, took, { attributes: { 'attune.surface': surface, 'attune.stage': stage }, parent });
    }
  },
  degraded(_surface, plugin, code) {
    trace.getActiveSpan()?.addEvent('degraded', { 'attune.plugin': plugin, 'attune.code': code });
  },
};

interface EndedSpan {
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly parent: Context;
}

/** A span of something that is over: it took `ms` until now. */
function ended(name: string, ms: number, { attributes, parent }: EndedSpan): Span {
  const now = Date.now();
  const span = tracer().startSpan(name, { startTime: now - ms, attributes: { ...attributes } }, parent);
  span.end(now);
  return span;
}
