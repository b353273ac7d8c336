import {
  livingConditions,
  type AdapterFinding,
  type ConditionFinding,
  type EndpointStatuses,
  type HttpSource,
  type HttpSourceStatus,
} from '@jetmesh/eventing-api';
import type { SinkFinding } from './http-source-sinks.ts';

export type HttpSourceFinding =
  /** An older HTTPSource declares the same source. */
  | { readonly kind: 'source-taken'; readonly by: string }
  | {
      readonly kind: 'declared';
      readonly sinks: SinkFinding;
      readonly adapter: AdapterFinding;
      readonly endpoints: EndpointStatuses;
    };

export function httpSourceStatus(
  source: HttpSource,
  finding: HttpSourceFinding,
  now: Date,
): HttpSourceStatus {
  const { generation } = source.metadata;
  const uri = finding.kind === 'declared' ? finding.sinks.uri : undefined;
  return {
    ...(generation === undefined ? {} : { observedGeneration: generation }),
    conditions: livingConditions(findingsOf(source, finding), source.status?.conditions ?? [], now),
    ...(uri === undefined ? {} : { SinkURI: uri, sinkURI: uri }),
    ...(finding.kind === 'declared' ? { endpoints: finding.endpoints } : {}),
  };
}

function findingsOf(
  source: HttpSource,
  finding: HttpSourceFinding,
): Record<'SinkProvided' | 'Deployed', ConditionFinding> {
  if (finding.kind === 'source-taken') {
    const taken: ConditionFinding = {
      status: 'False',
      reason: 'SourceTaken',
      message: `Source "${source.spec.source}" is declared by HTTPSource ${finding.by} already`,
    };
    return { SinkProvided: taken, Deployed: taken };
  }
  return {
    SinkProvided: finding.sinks.finding,
    Deployed: adapterCondition(finding.adapter, source.metadata.generation ?? 0),
  };
}

function adapterCondition(adapter: AdapterFinding, generation: number): ConditionFinding {
  const { liveCount, routingCount, behind } = adapter;
  if (liveCount === 0) {
    return {
      status: 'False',
      reason: 'ServiceNotReady',
      message: 'The adapter Service is not yet ready',
    };
  }
  if (routingCount === liveCount) return { status: 'True' };
  return {
    status: 'Unknown',
    reason: 'ServiceNotReady',
    message: `${routingCount} of ${liveCount} adapter replicas route by generation ${generation}, not ${behind.join(', ')}`,
  };
}
