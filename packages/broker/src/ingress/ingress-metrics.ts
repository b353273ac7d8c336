import { Counter, Gauge, Histogram, type Registry } from '@jetmesh/service-runtime';
import type { BrokerEntry } from './broker-directory.ts';
import type { IngressCounts } from './ingress-counts.ts';

export interface MeasuredIngress {
  readonly outbox: { readonly outstandingCount: number; readonly outstandingBytes: number };
  readonly budget: { readonly heldBytes: number };
  readonly brokers: () => Iterable<Pick<BrokerEntry, 'namespace' | 'name' | 'counts'>>;
  readonly strayCounts: IngressCounts;
}

/** Bounds in seconds: Knative's latency bounds, and two below them for a store on the same machine. */
const latencyBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createDurationHistogram(registry: Registry): (durationMs: number) => void {
  const duration = new Histogram({
    name: 'eventing_ingress_duration_seconds',
    help: 'From the head of a request to its answer',
    buckets: latencyBuckets,
    registers: [registry],
  });
  return (durationMs) => duration.observe(durationMs / 1000);
}

export function declareIngressMetrics(registry: Registry, ingress: MeasuredIngress): void {
  const { outbox, budget, brokers, strayCounts } = ingress;
  new Counter({
    name: 'eventing_ingress_events_total',
    help: 'Requests answered, by Broker and code; without Broker where the path names none',
    labelNames: ['namespace', 'broker', 'code'],
    registers: [registry],
    collect() {
      this.reset();
      const stray = { namespace: '', name: '', counts: strayCounts };
      for (const { namespace, name, counts } of [stray, ...brokers()]) {
        for (const [code, count] of counts.entries()) {
          this.inc({ namespace, broker: name, code: String(code) }, count);
        }
      }
    },
  });
  declareGauge(
    registry,
    'outstanding_events',
    'Events on their way to a stream',
    () => outbox.outstandingCount,
  );
  declareGauge(
    registry,
    'outstanding_bytes',
    'Bytes on their way to a stream',
    () => outbox.outstandingBytes,
  );
  declareGauge(registry, 'receiving_bytes', 'Bytes of unfinished bodies', () => budget.heldBytes);
}

function declareGauge(registry: Registry, thing: string, help: string, read: () => number): void {
  new Gauge({
    name: `eventing_ingress_${thing}`,
    help,
    registers: [registry],
    collect() {
      this.set(read());
    },
  });
}
