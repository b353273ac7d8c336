import type { Reconciled } from '@jetmesh/kube-controller';
import { Counter, Gauge, Histogram, type Registry } from '@jetmesh/service-runtime';
import type { TriggerLag } from './janitor/trigger-lags.ts';

export const controllerNames = ['broker', 'trigger', 'eventType', 'namespace', 'removal'] as const;
export type ControllerName = (typeof controllerNames)[number];

export interface ControllerMetrics {
  reconciled(controller: ControllerName, reconciled: Reconciled): void;
  purged(count: number): void;
  removed(kind: 'stream' | 'consumer'): void;
  lags(lags: readonly TriggerLag[]): void;
}

export function controllerMetrics(
  registry: Registry,
  queueDepth: (controller: ControllerName) => number,
): ControllerMetrics {
  const results = new Counter({
    name: 'eventing_reconcile_total',
    help: 'Reconciles by their result.',
    labelNames: ['controller', 'result'],
    registers: [registry],
  });
  const durations = new Histogram({
    name: 'eventing_reconcile_duration_seconds',
    help: 'Duration of a reconcile.',
    labelNames: ['controller'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  const purged = new Counter({
    name: 'eventing_janitor_purged_events_total',
    help: 'Stored events that every Trigger had settled and the janitor purged.',
    registers: [registry],
  });
  const removed = new Counter({
    name: 'eventing_janitor_removed_total',
    help: 'Streams and consumers that the janitor removed because their object is gone.',
    labelNames: ['kind'],
    registers: [registry],
  });
  for (const controller of controllerNames) {
    for (const result of ['done', 'requeue', 'error']) results.inc({ controller, result }, 0);
  }
  for (const kind of ['stream', 'consumer']) removed.inc({ kind }, 0);
  declareQueueDepth(registry, queueDepth);
  return {
    reconciled(controller, { result, durationMs }) {
      results.inc({ controller, result });
      durations.observe({ controller }, durationMs / 1000);
    },
    purged: (count) => purged.inc(count),
    removed: (kind) => removed.inc({ kind }),
    lags: declareLags(registry),
  };
}

/** A Trigger that is not in the latest lags is not behind. */
function declareLags(registry: Registry): ControllerMetrics['lags'] {
  let latest: readonly TriggerLag[] = [];
  const gauge = (name: string, help: string, read: (lag: TriggerLag) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ['namespace', 'trigger'],
      registers: [registry],
      collect() {
        this.reset();
        for (const lag of latest) {
          const { namespace, trigger } = lag;
          this.inc({ namespace, trigger }, read(lag));
        }
      },
    });
  gauge(
    'eventing_trigger_pending_events',
    'Events that are stored and not delivered yet.',
    ({ pendingCount }) => pendingCount,
  );
  gauge(
    'eventing_trigger_oldest_pending_age_seconds',
    'Time since the oldest of them was stored.',
    ({ oldestStoredAtMs }) =>
      oldestStoredAtMs === undefined ? 0 : Math.max(0, (Date.now() - oldestStoredAtMs) / 1000),
  );
  return (lags) => {
    latest = lags;
  };
}

function declareQueueDepth(
  registry: Registry,
  queueDepth: (controller: ControllerName) => number,
): void {
  new Gauge({
    name: 'eventing_work_queue_depth',
    help: 'Keys that wait to be reconciled.',
    labelNames: ['controller'],
    registers: [registry],
    collect() {
      for (const controller of controllerNames) this.set({ controller }, queueDepth(controller));
    },
  });
}
