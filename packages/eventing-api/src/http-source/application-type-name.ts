import type { HttpSource } from './http-source.ts';

/** The name of an Application in Kyma's subjects: its label `application-type`, whose key Kyma compares in lower case. */
export function applicationTypeName({ metadata, spec }: HttpSource): string {
  const labels = Object.entries(metadata.labels ?? {});
  const label = labels.find(([key]) => key.toLowerCase() === 'application-type')?.[1];
  return label === undefined || label === '' ? spec.source : label;
}
