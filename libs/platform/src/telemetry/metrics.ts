import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus';

let reader: PrometheusExporter | undefined;

/** The reader behind /metrics; it serves on the service's own port, so it opens none. */
export function metricsReader(): PrometheusExporter {
  reader = new PrometheusExporter({ preventServerStart: true });
  return reader;
}

/** All metrics of this process in Prometheus' text format; empty while telemetry has not started. */
export async function metricsText(): Promise<string> {
  if (!reader) return '';
  const { resourceMetrics } = await reader.collect();
  return new PrometheusSerializer().serialize(resourceMetrics);
}
