import {
  shadowReportSubject,
  UnstoredMessages,
  type JetStreamConnection,
} from '@jetmesh/jetstream';

/** How often a kind of event was judged on one Broker, and for which of its Triggers it would have been. */
export interface ShadowCount {
  readonly broker: string;
  readonly source: string;
  readonly type: string;
  readonly version: string;
  readonly count: number;
  /** By key of the Trigger. */
  readonly triggers: Readonly<Record<string, number>>;
}

export interface ShadowReports {
  /** How many dispatchers answered. */
  readonly dispatcherCount: number;
  readonly counts: readonly ShadowCount[];
  /** Events of kinds that the dispatchers had no room for. */
  readonly uncountedCount: number;
}

/** Dispatchers answer at once from memory; one that does not is not there. */
const answerMs = 1_000;

export async function askReports(
  connection: JetStreamConnection,
  source: string,
): Promise<ShadowReports> {
  const messages = new UnstoredMessages(connection);
  const answers = await messages.ask(shadowReportSubject, source, answerMs);
  const reports = answers.map((text) => JSON.parse(text) as Omit<ShadowReports, 'dispatcherCount'>);
  return {
    dispatcherCount: reports.length,
    counts: reports.flatMap(({ counts }) => counts),
    uncountedCount: reports.reduce((sum, { uncountedCount }) => sum + uncountedCount, 0),
  };
}
