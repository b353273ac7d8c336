import { jetmeshAnnotations, isReady, objectKey, type Trigger } from '@jetmesh/eventing-api';
import { compileFilters, type CompiledFilter } from '@jetmesh/event-filter';

/** Attributes that most filters of one Broker tell events apart by, the most telling first. */
const indexedAttributes = ['kymasubject', 'kymaexactsubject', 'type', 'source'] as const;

/**
 * Which events somebody receives, by Broker. Triggers are found by one exact value of their filter where it has one,
 * so that an event is compared with few of them however many there are.
 */
export class TriggerDirectory {
  readonly #entries = new Map<string, Entry>();
  readonly #buckets = new Map<string, Set<Entry>>();

  set(trigger: Trigger): void {
    const key = objectKey(trigger.metadata);
    this.delete(trigger);
    if (!hasConsumer(trigger)) return;
    const compiled = compileFilters(trigger.spec);
    const filter = compiled.kind === 'compiled' ? compiled.filter : undefined;
    const entry = { filter, buckets: bucketsOf(brokerKeyOf(trigger), filter) };
    this.#entries.set(key, entry);
    for (const bucket of entry.buckets) {
      this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? new Set()).add(entry));
    }
  }

  delete({ metadata }: Trigger): void {
    const key = objectKey(metadata);
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    for (const bucket of entry.buckets) {
      const entries = this.#buckets.get(bucket);
      entries?.delete(entry);
      if (entries?.size === 0) this.#buckets.delete(bucket);
    }
  }

  /** Whether a Trigger of this Broker matches; a filter that cannot be read here counts as one that does. */
  canMatch(brokerKey: string, attributes: ReadonlyMap<string, string>): boolean {
    const names = indexedAttributes.map((name) =>
      bucketName(brokerKey, name, attributes.get(name)),
    );
    return [bucketName(brokerKey), ...names].some((name) => {
      const entries = this.#buckets.get(name) ?? [];
      return [...entries].some(({ filter }) => filter?.matches(attributes) ?? true);
    });
  }
}

interface Entry {
  /** Undefined when it does not compile: the consumer may still run by an older one. */
  readonly filter: CompiledFilter | undefined;
  readonly buckets: readonly string[];
}

/** Only a Trigger with a consumer can receive; one that is Ready has it, whatever its annotations say. */
function hasConsumer(trigger: Trigger): boolean {
  return (
    trigger.status?.annotations?.[jetmeshAnnotations.consumer] !== undefined || isReady(trigger)
  );
}

function brokerKeyOf({ metadata, spec }: Trigger): string {
  const { broker, brokerRef } = spec;
  const namespace = brokerRef?.namespace ?? metadata.namespace ?? '';
  return `${namespace}/${broker ?? brokerRef?.name ?? 'default'}`;
}

function bucketsOf(brokerKey: string, filter: CompiledFilter | undefined): string[] {
  for (const name of indexedAttributes) {
    const allowed = filter?.narrowing.get(name);
    if (allowed?.every(({ kind }) => kind === 'exact')) {
      return allowed.map(({ value }) => bucketName(brokerKey, name, value));
    }
  }
  return [bucketName(brokerKey)];
}

function bucketName(brokerKey: string, attribute = '', value = ''): string {
  return JSON.stringify([brokerKey, attribute, value]);
}
