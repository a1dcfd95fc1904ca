import { context, type Context, metrics, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';

import type { FenceKey } from './fence.repository';
import type { EventRecord } from './record';
import type { Fresh } from './seen-ids.repository';

const tracer = trace.getTracer('tenure.messaging');
const meter = metrics.getMeter('tenure.messaging');
const consumed = meter.createCounter('messaging.client.consumed.messages', { unit: '{message}' });
const sent = meter.createCounter('messaging.client.sent.messages', { unit: '{message}' });
const sending = meter.createHistogram('messaging.client.operation.duration', {
  unit: 's',
  description: 'From the start of a send to the answer of every replica in sync.',
});
const duplicates = meter.createCounter('tenure.consumer.duplicates', { unit: '{message}' });
const conflicts = meter.createCounter('tenure.consumer.conflicts', {
  unit: '{message}',
  description: 'Events that repeated an identity with another body; the first body won.',
});

const deadLetters = meter.createCounter('tenure.consumer.dead_letters', {
  unit: '{message}',
  description: 'Records that could not be applied and were set aside.',
});

/** The trace context that a record's header or envelope carries. */
export function contextOf(traceparent: string | undefined): Context {
  return traceparent === undefined ? context.active() : propagation.extract(context.active(), { traceparent });
}

/** `traceparent` of the active span, or undefined outside of any. */
export function currentTraceparent(from: Context = context.active()): string | undefined {
  const carrier: { traceparent?: string } = {};
  propagation.inject(from, carrier);
  return carrier.traceparent;
}

/** A span with a link to each of thousands would be read by nobody. */
const mostLinks = 100;

/** Runs `work` as one span that continues the first event's trace and links to the others'. */
export async function inTraceOf<T>(
  events: readonly EventRecord[],
  fence: FenceKey,
  work: () => Promise<T>,
): Promise<T> {
  const linked = events.slice(0, mostLinks);
  const parents = linked.map((event) => contextOf(event.headers['traceparent'] ?? event.envelope.traceparent));
  const links = parents.slice(1).flatMap((parent) => {
    const spanContext = trace.getSpanContext(parent);
    return spanContext ? [{ context: spanContext }] : [];
  });
  const attributes = {
    'messaging.system': 'kafka',
    'messaging.operation.name': 'process',
    'messaging.operation.type': 'process',
    'messaging.destination.name': fence.topic,
    'messaging.destination.partition.id': String(fence.partition),
    'messaging.consumer.group.name': fence.group,
    'messaging.batch.message_count': events.length,
  };
  const parent = parents[0] ?? context.active();
  const span = tracer.startSpan(`process ${fence.topic}`, { kind: SpanKind.CONSUMER, attributes, links }, parent);
  try {
    return await context.with(trace.setSpan(parent, span), work);
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}

/**
 * The headers of a record about to be sent: a producer span in the context that was current when the record was made.
 * The send itself runs in `untraced`, for the client's instrumentation would overwrite every record's `traceparent`.
 */
export function producedHeaders(topic: string, traceparent: string | undefined): { traceparent?: string } {
  const parent = contextOf(traceparent);
  if (!trace.getSpanContext(parent)) return {};
  const span = tracer.startSpan(
    `publish ${topic}`,
    {
      kind: SpanKind.PRODUCER,
      attributes: {
        'messaging.system': 'kafka',
        'messaging.operation.name': 'publish',
        'messaging.operation.type': 'send',
        'messaging.destination.name': topic,
      },
    },
    parent,
  );
  span.end();
  const header = currentTraceparent(trace.setSpan(parent, span));
  return header === undefined ? {} : { traceparent: header };
}

export function untraced<T>(work: () => Promise<T>): Promise<T> {
  return context.with(suppressTracing(context.active()), work);
}

/** One send of the producer, of all topics together: what queued goes out in one request. */
export function countSent(messages: number, seconds: number, error: unknown): void {
  const labels = {
    'messaging.system': 'kafka',
    'messaging.operation.name': 'send',
    ...(error === undefined ? {} : { 'error.type': error instanceof Error ? error.name : 'error' }),
  };
  sending.record(seconds, labels);
  if (error === undefined) sent.add(messages, labels);
}

export function countConsumed(fence: FenceKey, fresh: Fresh): void {
  const labels = { 'messaging.destination.name': fence.topic, 'messaging.consumer.group.name': fence.group };
  consumed.add(fresh.records.length + fresh.duplicates, labels);
  if (fresh.duplicates > 0) duplicates.add(fresh.duplicates, labels);
  if (fresh.conflicts > 0) conflicts.add(fresh.conflicts, labels);
}

/** Counted before its transaction commits: one that is repeated counts again. */
export function countDeadLetter(topic: string, group: string, code: string): void {
  deadLetters.add(1, {
    'messaging.destination.name': topic,
    'messaging.consumer.group.name': group,
    'error.type': code,
  });
}
