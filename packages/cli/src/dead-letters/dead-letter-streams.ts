import { brokerKind, isJetmeshBroker, objectKey, type Broker } from '@jetmesh/eventing-api';
import { deadLetterStreamName } from '@jetmesh/jetstream';
import { CommandError } from '../command-context.ts';
import type { DeadLetterSource } from './dead-letter-source.ts';

export interface DeadLetterStream {
  /** NAMESPACE/NAME of the Broker. */
  readonly broker: string;
  readonly brokerUid: string;
  readonly stream: string;
}

/** The dead-letter streams of every Jetmesh Broker; a Broker that has none yet is left out. */
export async function allDeadLetterStreams(source: DeadLetterSource): Promise<DeadLetterStream[]> {
  const { items } = await source.client.list<Broker>(brokerKind);
  const streams = items.filter(isJetmeshBroker).map(streamOf);
  const states = await Promise.all(streams.map(({ stream }) => source.admin.streamState(stream)));
  return streams.filter((_, index) => states[index] !== undefined);
}

export async function deadLetterStreamOf(
  { client, admin }: DeadLetterSource,
  key: string,
): Promise<DeadLetterStream> {
  const broker = await client.get<Broker>(brokerKind, key);
  if (broker === undefined) throw new CommandError(`No Broker "${key}"`);
  if (!isJetmeshBroker(broker)) throw new CommandError(`Broker "${key}" is not of class Jetmesh`);
  const found = streamOf(broker);
  if ((await admin.streamState(found.stream)) !== undefined) return found;
  throw new CommandError(`Broker "${key}" has no dead-letter stream (yet)`);
}

function streamOf({ metadata }: Broker): DeadLetterStream {
  const { uid: brokerUid = '' } = metadata;
  return { broker: objectKey(metadata), brokerUid, stream: deadLetterStreamName(brokerUid) };
}
