import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { meter } from './tracing';

let reader: PrometheusExporter | undefined;

/** The reader behind /metrics; it serves on the service's own port, so it opens none. */
export function metricsReader(): PrometheusExporter {
  reader = new PrometheusExporter({ preventServerStart: true });
  return reader;
}

/** Memory, and how busy the event loop is: the two that tell an operator whether the process has room. */
export function observeProcess(): void {
  const memory = { unit: 'By', description: 'Resident memory of the process' };
  meter()
    .createObservableGauge('process.memory.usage', memory)
    .addCallback((result) => result.observe(process.memoryUsage.rss()));
  let last = performance.eventLoopUtilization();
  meter()
    .createObservableGauge('nodejs.eventloop.utilization', {
      unit: '1',
      description: 'Share of time since the last look',
    })
    .addCallback((result) => {
      const now = performance.eventLoopUtilization();
      result.observe(performance.eventLoopUtilization(now, last).utilization);
      last = now;
    });
}

/** All metrics of this process in Prometheus' text format; empty while telemetry has not started. */
export async function metricsText(): Promise<string> {
  if (!reader) return '';
  const { resourceMetrics } = await reader.collect();
  return new PrometheusSerializer().serialize(resourceMetrics);
}
