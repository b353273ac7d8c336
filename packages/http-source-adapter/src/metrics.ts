import { Counter, Gauge, Histogram, type Registry } from '@jetmesh/service-runtime';
import { shadowResults, type ShadowResult } from './forward/shadow-sender.ts';
import { forwardFailureKinds, type ForwardFailureKind } from './forward/forward-outcome.ts';

export interface AdapterMetrics {
  requestHandled(endpoint: string, code: number | undefined, durationMs: number): void;
  forwardFailed(kind: ForwardFailureKind): void;
  shadowHandled(result: ShadowResult): void;
}

export interface AdapterGauges {
  outstandingRequestCount(): number;
  applicationCount(): number;
}

/** Knative's bounds of latency. */
const durationBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Declares the adapter's metrics. Failures count too, which Kyma's adapter missed. */
export function adapterMetrics(registry: Registry, gauges: AdapterGauges): AdapterMetrics {
  const requests = new Counter({
    name: 'eventing_adapter_requests_total',
    help: 'Requests answered on the main port; code 0 is a sender that went away.',
    labelNames: ['endpoint', 'code'],
    registers: [registry],
  });
  const durations = new Histogram({
    name: 'eventing_adapter_request_duration_seconds',
    help: 'From the headers of a request to its answer, forwarding included.',
    labelNames: ['endpoint'],
    buckets: durationBuckets,
    registers: [registry],
  });
  const failures = new Counter({
    name: 'eventing_adapter_forward_failures_total',
    help: 'Events that a Broker did not store, by what went wrong.',
    labelNames: ['kind'],
    registers: [registry],
  });
  for (const kind of forwardFailureKinds) failures.inc({ kind }, 0);
  const shadows = new Counter({
    name: 'eventing_adapter_shadow_events_total',
    help: 'Events shown to Triggers that do not deliver them; dropped ones found too many under way.',
    labelNames: ['result'],
    registers: [registry],
  });
  for (const result of shadowResults) shadows.inc({ result }, 0);
  declareGauges(registry, gauges);
  const series = (endpoint: string, code: number) => ({
    count: requests.labels(endpoint, String(code)),
    duration: durations.labels(endpoint),
  });
  // Looking a series up by its labels costs more than counting; there are few of them.
  const known = new Map<string, ReturnType<typeof series>>();
  return {
    requestHandled: (endpoint, code = 0, durationMs) => {
      const key = `${endpoint} ${code}`;
      const { count, duration } = known.get(key) ?? series(endpoint, code);
      if (!known.has(key)) known.set(key, { count, duration });
      count.inc();
      duration.observe(durationMs / 1000);
    },
    forwardFailed: (kind) => failures.inc({ kind }),
    shadowHandled: (result) => shadows.inc({ result }),
  };
}

function declareGauges(registry: Registry, gauges: AdapterGauges): void {
  new Gauge({
    name: 'eventing_adapter_outstanding_requests',
    help: 'Requests that are open now.',
    registers: [registry],
    collect() {
      this.set(gauges.outstandingRequestCount());
    },
  });
  new Gauge({
    name: 'eventing_adapter_applications',
    help: 'Applications that the adapter has routes for.',
    registers: [registry],
    collect() {
      this.set(gauges.applicationCount());
    },
  });
}
