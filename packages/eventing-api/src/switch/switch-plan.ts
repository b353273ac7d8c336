import { endpointPathsOf } from '../http-source/http-source-defaults.ts';
import type { HttpSource } from '../http-source/http-source.ts';
import { objectKey } from '../kubernetes/object-key.ts';
import { ownerOfSource } from './owner-of-source.ts';
import { leftReaderFindings, pathFindings } from './path-findings.ts';
import type { PlanFinding } from './plan-finding.ts';
import type { Endpoint, PlanRequest } from './plan-request.ts';
import type { SwitchFacts } from './switch-facts.ts';

/** What a switch of one Application changes, and what stands in its way. */
export interface SwitchPlan extends PlanRequest {
  /** Those of the endpoints that are on the other path now; empty when there is nothing to do. */
  readonly moves: readonly Endpoint[];
  readonly findings: readonly PlanFinding[];
}

/** Pure: the facts decide, and nothing is asked for. */
export function switchPlan(request: PlanRequest, facts: SwitchFacts): SwitchPlan {
  const paths = endpointPathsOf(request.source);
  const moves = request.endpoints.filter((endpoint) => paths[endpoint] !== request.to);
  const taken = takenFindings(request.source, facts);
  if (taken.length > 0) return { ...request, moves, findings: taken };
  if (moves.length === 0) return { ...request, moves, findings: [] };
  const findings = [...pathFindings(request, facts), ...leftReaderFindings(request, facts)];
  return { ...request, moves, findings };
}

function takenFindings(source: HttpSource, { httpSources }: SwitchFacts): PlanFinding[] {
  const { source: name } = source.spec;
  const key = objectKey(source.metadata);
  const owner = ownerOfSource(name, httpSources) ?? source;
  const ownerKey = objectKey(owner.metadata);
  if (ownerKey === key) return [];
  const detail = `its source "${name}" is that of HTTPSource ${ownerKey}, which is older`;
  return [{ state: 'blocked', subject: `HTTPSource ${key}`, detail }];
}
