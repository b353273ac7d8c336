import type { ShadowReport } from '@jetmesh/eventing-api';
import {
  shadowReportSubject,
  UnstoredMessages,
  type JetStreamConnection,
} from '@jetmesh/jetstream';

/** The answers of all dispatchers together. */
export interface ShadowReports extends ShadowReport {
  /** How many dispatchers answered. */
  readonly dispatcherCount: number;
}

/** Dispatchers answer at once from memory; one that does not is not there. */
const answerMs = 1_000;

export async function askReports(
  connection: JetStreamConnection,
  source: string,
): Promise<ShadowReports> {
  const messages = new UnstoredMessages(connection);
  const answers = await messages.ask(shadowReportSubject, source, answerMs);
  const reports = answers.map((text) => JSON.parse(text) as ShadowReport);
  return {
    dispatcherCount: reports.length,
    counts: reports.flatMap(({ counts }) => counts),
    uncountedCount: reports.reduce((sum, { uncountedCount }) => sum + uncountedCount, 0),
  };
}
