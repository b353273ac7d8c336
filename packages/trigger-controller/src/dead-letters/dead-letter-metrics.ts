import { Counter, Gauge, type Registry } from '@jetmesh/service-runtime';
import type { CountedDeadLetters } from './dead-letter-census.ts';

export interface DeadLetterMetrics {
  counted(rows: readonly CountedDeadLetters[]): void;
  expired(namespace: string, broker: string, count: number): void;
}

const labelNames = ['namespace', 'broker', 'trigger'] as const;

export function declareDeadLetterMetrics(
  registry: Registry,
  nowMs: () => number,
): DeadLetterMetrics {
  let latest: readonly CountedDeadLetters[] = [];
  const gauge = (name: string, help: string, read: (row: CountedDeadLetters) => number) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      collect() {
        this.reset();
        for (const row of latest) {
          const { namespace, broker, trigger } = row;
          this.set({ namespace, broker, trigger }, read(row));
        }
      },
    });
  gauge(
    'eventing_dead_letters',
    'Parked events; without Trigger those of Triggers that are gone',
    ({ count }) => count,
  );
  gauge(
    'eventing_dead_letters_oldest_age_seconds',
    'Time since the oldest parked event was parked',
    ({ oldestParkedAtMs }) => (nowMs() - (oldestParkedAtMs ?? nowMs())) / 1000,
  );
  const expired = new Counter({
    name: 'eventing_dead_letters_expired_total',
    help: 'Parked events that were deleted because they were too old or too many',
    labelNames: ['namespace', 'broker'],
    registers: [registry],
  });
  return {
    counted(rows) {
      latest = rows;
    },
    expired: (namespace, broker, count) => expired.inc({ namespace, broker }, count),
  };
}
