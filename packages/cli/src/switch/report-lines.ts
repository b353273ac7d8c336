import { objectKey, type SwitchPlan } from '@jetmesh/eventing-api';
import type { DrainOutcome } from '../client/drain-triggers.ts';

/** What was done, for a person: where new events enter, what became of the old ones, and the way back. */
export function reportLines(plan: SwitchPlan, drain: DrainOutcome | undefined): string[] {
  const { source, moves, endpoints, to } = plan;
  const name = source.spec.source;
  if (moves.length === 0) return [`${name} is on the ${to} already: ${endpoints.join(', ')}.`];
  const back = to === 'mesh' ? 'bus' : 'mesh';
  const flags = moves.map((endpoint) => `--endpoint ${endpoint}`).join(' ');
  return [
    `${name} is switched: new events of ${moves.join(', ')} enter the ${to}, confirmed by every adapter replica.`,
    ...(drain === undefined ? [] : [drainLine(drain, back)]),
    `To go back: jetmesh switch ${name} --to ${back} ${flags}`,
  ];
}

function drainLine(drain: DrainOutcome, left: string): string {
  switch (drain.kind) {
    case 'drained':
      return `The ${left} is drained: ${drain.triggerCount} Triggers have settled what had entered it, after ${drain.afterMs} ms.`;
    case 'delivering':
      return `The ${left} still delivers what had entered it: ${drain.keys.join(', ')}.`;
  }
}

/** What was found when everything was looked at once more after the switch. */
export function verificationLines({ source, to, findings }: SwitchPlan): string[] {
  const open = findings.filter(({ state }) => state === 'blocked' || state === 'pending');
  const name = `${source.spec.source} (HTTPSource ${objectKey(source.metadata)})`;
  return open.length === 0
    ? [`Verified: everything that ${name} needs on the ${to} is Ready.`]
    : open.map(({ subject, detail }) => `Not as it was planned: ${subject}: ${detail}`);
}
