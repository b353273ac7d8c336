import { jetmeshAnnotations, type Trigger } from '@jetmesh/eventing-api';

export function isPaused({ metadata }: Trigger): boolean {
  return metadata.annotations?.[jetmeshAnnotations.paused] === 'true';
}
