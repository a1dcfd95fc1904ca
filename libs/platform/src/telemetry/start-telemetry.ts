import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { NodeSDK } from '@opentelemetry/sdk-node';
import {
  AlwaysOffSampler,
  BatchSpanProcessor,
  SimpleSpanProcessor,
  type SpanExporter,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace';
import type { TelemetryConfig } from '../config/service.config';
import { metricsReader, observeProcess } from './metrics';

/** Sends the last spans and ends telemetry. */
export type StopTelemetry = () => Promise<void>;

/**
 * Starts tracing and metrics for this process. It has to run before Nest or pg are loaded: they are instrumented as they
 * are loaded. Kafka's spans are made in messaging: the client's instrumentation makes one for every record of a batch. Without an exporter, trace context still travels through HTTP, Kafka and the outbox.
 * @param exporter takes every span at once; for tests that read them
 */
export function startTelemetry(serviceName: string, config: TelemetryConfig, exporter?: SpanExporter): StopTelemetry {
  const sdk = new NodeSDK({
    serviceName: `tenure-${serviceName}`,
    autoDetectResources: false,
    spanProcessors: spanProcessors(config, exporter),
    // Nobody reads them: the context travels all the same, and a request is spared what its spans would cost.
    ...(exporter || config.otlpEndpoint ? {} : { sampler: new AlwaysOffSampler() }),
    metricReaders: [metricsReader()],
    logRecordProcessors: [],
    instrumentations: [
      new HttpInstrumentation({ ignoreIncomingRequestHook: (request) => isProbe(request.url) }),
      // Without a parent these are the machinery's polls: many, and about nothing.
      new PgInstrumentation({ requireParentSpan: true }),
    ],
  });
  sdk.start();
  observeProcess();
  return () => sdk.shutdown().catch(() => undefined);
}

function spanProcessors(config: TelemetryConfig, exporter: SpanExporter | undefined): SpanProcessor[] {
  if (exporter) return [new SimpleSpanProcessor({ exporter })];
  if (!config.otlpEndpoint) return [];
  const url = new URL('/v1/traces', config.otlpEndpoint).href;
  return [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url }) })];
}

function isProbe(url = ''): boolean {
  return url.startsWith('/health/') || url === '/metrics';
}
