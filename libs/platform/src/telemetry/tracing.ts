import {
  context,
  isSpanContextValid,
  metrics,
  propagation,
  trace,
  type Context,
  type Meter,
  type Tracer,
} from '@opentelemetry/api';

const scope = '@tenure/platform';

/** Spans of our own; a no-op until telemetry has started. */
export const tracer = (): Tracer => trace.getTracer(scope);

/** Instruments of our own; ask for it when the instrument is first needed, not while a module is loaded. */
export const meter = (): Meter => metrics.getMeter(scope);

/** Headers as HTTP and Kafka carry them (Kafka's values are Buffers), or the text of a `traceparent`. */
export type TraceCarrier = string | Readonly<Record<string, unknown>> | undefined;

/** Runs `work` as a child of the trace that the carrier names; without one, in the present context. */
export function withTraceContext<T>(carrier: TraceCarrier, work: () => T): T {
  return context.with(contextOf(carrier), work);
}

/** The W3C `traceparent` of the present span, to store or send with what it causes; undefined outside any trace. */
export function currentTraceparent(): string | undefined {
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent;
}

/** The id under which the present trace is found in logs and in the collector; undefined where nothing is traced. */
export function currentTraceId(): string | undefined {
  const span = trace.getActiveSpan()?.spanContext();
  return span && isSpanContextValid(span) ? span.traceId : undefined;
}

function contextOf(carrier: TraceCarrier): Context {
  if (carrier === undefined) return context.active();
  const headers = typeof carrier === 'string' ? { traceparent: carrier } : carrier;
  return propagation.extract(context.active(), headers, {
    keys: (from) => Object.keys(from),
    get: (from, key) => textOf(from[key]),
  });
}

function textOf(value: unknown): string | undefined {
  if (Array.isArray(value)) return textOf(value[0]);
  if (Buffer.isBuffer(value)) return value.toString('utf8');
  return typeof value === 'string' ? value : undefined;
}
