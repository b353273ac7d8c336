import { applicationTypeName } from '../http-source/application-type-name.ts';
import type { HttpSource } from '../http-source/http-source.ts';
import {
  cleanPrefixedType,
  kymaTypePrefix,
  standardSubject,
} from '../subscription/kyma-subjects.ts';
import type { Subscription } from '../subscription/subscription.ts';

/**
 * Whether a Subscription selects events of an Application. The generations name it differently: old ones by its source,
 * v1alpha2 by a source that is cleaned, exact matching and v1alpha1 within the type.
 */
export function isOfApplication({ spec = {} }: Subscription, source: HttpSource): boolean {
  const name = source.spec.source;
  if (spec.endpoint !== undefined) return spec.source_id === name;
  const names = [name, applicationTypeName(source)];
  const isSource = typeof spec.source === 'string' && names.some(isSameSource(spec.source));
  return isSource || typesOf(spec).some((type) => names.some((one) => isTypeOf(type, one)));
}

function isSameSource(source: string): (name: string) => boolean {
  const anyType = 'a.b';
  const subject = standardSubject(source, anyType);
  return (name) => subject !== undefined && subject === standardSubject(name, anyType);
}

function isTypeOf(type: string, name: string): boolean {
  const prefix = `${kymaTypePrefix}.${name.replace(/[^a-zA-Z0-9]/g, '')}.`;
  return cleanPrefixedType(type)?.startsWith(prefix) ?? false;
}

function typesOf(spec: Readonly<Record<string, unknown>>): string[] {
  const { filters } = (spec.filter ?? {}) as { filters?: unknown };
  const elements = Array.isArray(filters) ? (filters as unknown[]) : [];
  const ofFilters = elements.map((element) => {
    return (element as { eventType?: { value?: unknown } } | null)?.eventType?.value;
  });
  const ofTypes = Array.isArray(spec.types) ? (spec.types as unknown[]) : [];
  return [...ofFilters, ...ofTypes].filter((type) => typeof type === 'string');
}
