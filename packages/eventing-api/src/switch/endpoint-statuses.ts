import { endpointPathsOf } from '../http-source/http-source-defaults.ts';
import type {
  EndpointStatus,
  EndpointStatuses,
  EventPath,
  HttpSource,
} from '../http-source/http-source.ts';
import { leftReaderFindings, pathFindings } from './path-findings.ts';
import type { PlanFinding } from './plan-finding.ts';
import type { SwitchFacts } from './switch-facts.ts';

/** A status is read by people, and has to fit into an object: of more, their number is told. */
const longestList = 20;

/** What the plan of a switch is made of, for every endpoint: on its path today, and on the other one. */
export function endpointStatuses(source: HttpSource, facts: SwitchFacts): EndpointStatuses {
  const on = {
    bus: pathFindings({ source, to: 'bus' }, facts),
    mesh: pathFindings({ source, to: 'mesh' }, facts),
  };
  const statusOn = (path: EventPath): EndpointStatus => {
    const other = path === 'bus' ? 'mesh' : 'bus';
    const left = leftReaderFindings({ source, to: other }, facts);
    return {
      path,
      ready: lines(on[path], ['ready']),
      pending: lines(on[path], ['pending']),
      missing: lines(on[path], ['blocked', 'noted']),
      ifSwitched: {
        path: other,
        pending: lines(on[other], ['pending']),
        missing: lines([...on[other], ...left], ['blocked']),
      },
    };
  };
  const { legacy, events, publish } = endpointPathsOf(source);
  return { legacy: statusOn(legacy), events: statusOn(events), publish: statusOn(publish) };
}

function lines(findings: readonly PlanFinding[], states: readonly PlanFinding['state'][]) {
  const all = findings
    .filter(({ state }) => states.includes(state))
    .map(({ state, subject, detail }) => {
      return detail === '' || state === 'ready' ? subject : `${subject}: ${detail}`;
    })
    .sort();
  if (all.length <= longestList) return all;
  return [...all.slice(0, longestList), `and ${all.length - longestList} more`];
}
