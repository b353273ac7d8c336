/** Where an object is: what the lifecycle workers queue. */
export interface ObjectLocation {
  readonly storageId: string;
  readonly key: string;
}

export function locationKey({ storageId, key }: ObjectLocation): string {
  return `${storageId} ${key}`;
}

export function parseLocation(text: string): ObjectLocation {
  const space = text.indexOf(' ');
  return { storageId: text.slice(0, space), key: text.slice(space + 1) };
}
