/** What the connected server can do beyond nats-server 2.9; the API's own answer stays the final judge. */
export interface ServerFeatures {
  readonly version: string;
  /** A consumer can have several filter subjects. */
  readonly filterUnions: boolean;
  readonly metadata: boolean;
  /** A changed filter of a live consumer takes effect; 2.9 accepts it and then delivers nothing. */
  readonly filterUpdates: boolean;
}

/** Reads the features off a version such as `2.9.10` or `2.12.0-preview.1`; an unreadable one counts as the oldest. */
export function serverFeatures(version: string): ServerFeatures {
  const isAtLeast210 = isAtLeast(version, 2, 10);
  return {
    version,
    filterUnions: isAtLeast210,
    metadata: isAtLeast210,
    filterUpdates: isAtLeast210,
  };
}

function isAtLeast(version: string, major: number, minor: number): boolean {
  const match = /^v?(\d+)\.(\d+)/.exec(version);
  if (match === null) return false;
  const actualMajor = Number(match[1]);
  return actualMajor > major || (actualMajor === major && Number(match[2]) >= minor);
}
