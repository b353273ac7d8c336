import type { ConditionFinding } from '@jetmesh/eventing-api';
import type { Resolution } from './resolve-destination.ts';

/** The part of a Broker's and a Trigger's status that holds the resolved dead letter sink. */
export interface DeadLetterSinkFields {
  deadLetterSinkUri?: string;
  deadLetterSinkCACerts?: string;
  deadLetterSinkAudience?: string;
}

/** `DeadLetterSinkResolved` with Knative's reasons; undefined: none is configured. */
export function deadLetterSinkFinding(resolution: Resolution | undefined): ConditionFinding {
  switch (resolution?.kind) {
    case undefined:
      return {
        status: 'True',
        reason: 'DeadLetterSinkNotConfigured',
        message: 'No dead letter sink is configured.',
      };
    case 'resolved':
      return { status: 'True' };
    case 'unresolved':
      return {
        status: 'False',
        reason: "Unable to get the dead letter sink's URI",
        message: resolution.message,
      };
  }
}

export function deadLetterSinkFields(resolution: Resolution | undefined): DeadLetterSinkFields {
  if (resolution?.kind !== 'resolved') return {};
  const { uri, CACerts, audience } = resolution;
  return {
    deadLetterSinkUri: uri,
    ...(CACerts === undefined ? {} : { deadLetterSinkCACerts: CACerts }),
    ...(audience === undefined ? {} : { deadLetterSinkAudience: audience }),
  };
}
