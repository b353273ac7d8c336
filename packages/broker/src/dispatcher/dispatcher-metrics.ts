import { splitKey } from '@jetmesh/eventing-api';
import { Counter, Gauge, Histogram, type Registry } from '@jetmesh/service-runtime';
import {
  attemptOutcomes,
  DeliveryCounts,
  replyResults,
  settlementKinds,
} from './delivery-counts.ts';

export interface DispatcherMetrics {
  /** The counts of one Trigger; the same object as long as the Trigger exists. */
  countsOf(triggerKey: string): DeliveryCounts;
  forget(triggerKey: string): void;
  readonly observeAttemptMs: (durationMs: number) => void;
}

interface Row {
  readonly namespace: string;
  readonly trigger: string;
  readonly counts: DeliveryCounts;
}

const latencyBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createDispatcherMetrics(
  registry: Registry,
  activeCount: () => number,
): DispatcherMetrics {
  const rows = new Map<string, Row>();
  declareTriggerCounters(registry, () => rows.values());
  new Gauge({
    name: 'eventing_subscriptions_active',
    help: 'Triggers that this replica delivers for',
    registers: [registry],
    collect() {
      this.set(activeCount());
    },
  });
  const attemptDuration = new Histogram({
    name: 'eventing_delivery_attempt_duration_seconds',
    help: 'Duration of one HTTP attempt at a subscriber',
    buckets: latencyBuckets,
    registers: [registry],
  });
  return {
    countsOf(triggerKey) {
      let row = rows.get(triggerKey);
      if (row === undefined) {
        const { namespace = '', name } = splitKey(triggerKey);
        row = { namespace, trigger: name, counts: new DeliveryCounts() };
        rows.set(triggerKey, row);
      }
      return row.counts;
    },
    forget: (triggerKey) => void rows.delete(triggerKey),
    observeAttemptMs: (durationMs) => attemptDuration.observe(durationMs / 1000),
  };
}

function declareTriggerCounters(registry: Registry, rows: () => Iterable<Row>): void {
  const labelled = (name: string, help: string, label: string, read: (row: Row) => Counted[]) =>
    new Counter({
      name,
      help,
      labelNames: ['namespace', 'trigger', label],
      registers: [registry],
      collect() {
        this.reset();
        for (const row of rows()) {
          const { namespace, trigger } = row;
          for (const [value, count] of read(row)) {
            this.inc({ namespace, trigger, [label]: value }, count);
          }
        }
      },
    });
  labelled(
    'eventing_delivery_attempts_total',
    'HTTP attempts at subscribers by what they came to',
    'outcome',
    ({ counts }) => attemptOutcomes.map((outcome) => [outcome, counts.attempts[outcome]]),
  );
  labelled(
    'eventing_delivery_settlements_total',
    'Messages settled, by how',
    'settlement',
    ({ counts }) => settlementKinds.map((kind) => [kind, counts.settlements[kind]]),
  );
  labelled(
    'eventing_delivery_replies_total',
    'Replies of subscribers; refused ones have no hops left or are too large',
    'result',
    ({ counts }) => replyResults.map((result) => [result, counts.replies[result]]),
  );
  declareTriggerNumbers(registry, rows);
}

type Counted = readonly [value: string, count: number];

function declareTriggerNumbers(registry: Registry, rows: () => Iterable<Row>): void {
  new Counter({
    name: 'eventing_delivery_ignored_bodies_total',
    help: 'Successful answers whose body was no event and was ignored',
    labelNames: ['namespace', 'trigger'],
    registers: [registry],
    collect() {
      this.reset();
      for (const { namespace, trigger, counts } of rows()) {
        this.inc({ namespace, trigger }, counts.ignoredBodies);
      }
    },
  });
  new Gauge({
    name: 'eventing_delivery_in_flight',
    help: 'Deliveries that are open now',
    labelNames: ['namespace', 'trigger'],
    registers: [registry],
    collect() {
      this.reset();
      for (const { namespace, trigger, counts } of rows()) {
        this.set({ namespace, trigger }, counts.inFlight);
      }
    },
  });
}
