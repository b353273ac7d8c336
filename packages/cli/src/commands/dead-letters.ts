import type { Command } from 'commander';
import { Option } from 'commander';
import { CommandError, type CommandContext } from '../command-context.ts';
import {
  type DeadLetterSource,
  type MeshFlags,
  withDeadLetterSource,
} from '../dead-letters/dead-letter-source.ts';
import {
  allDeadLetterStreams,
  type DeadLetterStream,
  deadLetterStreamOf,
} from '../dead-letters/dead-letter-streams.ts';
import { discardEvents } from '../dead-letters/discard-events.ts';
import { listLine, listTitle } from '../dead-letters/list-line.ts';
import { messageLines } from '../dead-letters/message-lines.ts';
import { parseKey, parseSequence, parseSince } from '../dead-letters/parse-arguments.ts';
import { printable } from '../dead-letters/printable.ts';
import { replayEvents } from '../dead-letters/replay-events.ts';
import { selectedEvents, type Selection } from '../dead-letters/selection.ts';

interface SelectionFlags {
  readonly trigger?: string;
  readonly reason?: string;
  readonly since?: number;
}

interface ListFlags extends MeshFlags, SelectionFlags {
  readonly broker?: string;
  readonly output?: 'json';
}

interface ChoiceFlags extends MeshFlags, SelectionFlags {
  readonly all: boolean;
}

interface DiscardFlags extends ChoiceFlags {
  readonly yes: boolean;
}

/** Parked events of one Broker, named or selected. */
interface Choice<T extends ChoiceFlags = ChoiceFlags> {
  readonly broker: string;
  readonly sequences: readonly number[];
  readonly flags: T;
}

export function addDeadLettersCommand(program: Command, context: CommandContext): void {
  const group = program
    .command('dead-letters')
    .description('events that could not be delivered and were parked');
  addList(group, context);
  addShow(group, context);
  addReplay(group, context);
  addDiscard(group, context);
}

function addList(group: Command, context: CommandContext): void {
  const command = group
    .command('list')
    .description('one line for each parked event, oldest first')
    .option('--broker <namespace/name>', 'of one Broker; every Broker when absent', parseKey)
    .addOption(new Option('-o, --output <format>', 'an object a line').choices(['json']));
  addMeshOptions(addSelectionOptions(command)).action((flags: ListFlags) => list(flags, context));
}

function addShow(group: Command, context: CommandContext): void {
  const command = group
    .command('show')
    .description('headers and data of a parked event')
    .argument('<broker>', 'NAMESPACE/NAME of the Broker', parseKey)
    .argument('<sequence>', 'as the list shows it', parseSequence);
  addMeshOptions(command).action((broker: string, sequence: number, flags: MeshFlags) =>
    show({ broker, sequence, flags }, context),
  );
}

function addReplay(group: Command, context: CommandContext): void {
  const command = group
    .command('replay')
    .description('deliver parked events again, each to the one Trigger that it failed for');
  addMeshOptions(addChoice(command)).action(
    (broker: string, sequences: number[] | undefined, flags: ChoiceFlags) =>
      replay({ broker, sequences: sequences ?? [], flags }, context),
  );
}

function addDiscard(group: Command, context: CommandContext): void {
  const command = group
    .command('discard')
    .description('remove parked events: those named, or those that the options select')
    .option('--yes', 'do it; without, only how many are meant is told', false);
  addMeshOptions(addChoice(command)).action(
    (broker: string, sequences: number[] | undefined, flags: DiscardFlags) =>
      discard({ broker, sequences: sequences ?? [], flags }, context),
  );
}

function collectSequence(word: string, earlier: number[] | undefined): number[] {
  return [...(earlier ?? []), parseSequence(word)];
}

function addChoice(command: Command): Command {
  command
    .argument('<broker>', 'NAMESPACE/NAME of the Broker', parseKey)
    .argument('[sequences...]', 'as the list shows them', collectSequence)
    .option('--all', 'every parked event of the Broker', false);
  return addSelectionOptions(command);
}

function addSelectionOptions(command: Command): Command {
  return command
    .option('--trigger <namespace/name>', 'that failed for this Trigger', parseKey)
    .option('--since <duration>', 'parked within this time, such as 15m or 2d', parseSince)
    .option('--reason <reason>', 'parked for this reason, such as retries-exhausted');
}

function addMeshOptions(command: Command): Command {
  return command
    .option('--data <dir>', 'folder of the local mesh', '.jetmesh')
    .option('--nats-url <url>', 'NATS of a mesh elsewhere; credentials from NATS_* variables')
    .option('--kubeconfig <file>', 'cluster of a mesh elsewhere; what kubectl uses when absent');
}

function selectionOf({ trigger, reason, since }: SelectionFlags): Selection {
  return {
    ...(trigger !== undefined && { trigger }),
    ...(reason !== undefined && { reason }),
    ...(since !== undefined && { sinceMs: since }),
  };
}

function list(flags: ListFlags, context: CommandContext): Promise<void> {
  return withDeadLetterSource(flags, context, async (source) => {
    const streams =
      flags.broker === undefined
        ? await allDeadLetterStreams(source)
        : [await deadLetterStreamOf(source, flags.broker)];
    const isJson = flags.output === 'json';
    if (!isJson) context.print(listTitle);
    for (const stream of streams) {
      const events = selectedEvents(source, stream, selectionOf(flags), context.signal);
      for await (const event of events) {
        context.print(isJson ? JSON.stringify(event) : listLine(event));
      }
    }
  });
}

function show(
  { broker, sequence, flags }: { broker: string; sequence: number; flags: MeshFlags },
  context: CommandContext,
): Promise<void> {
  return withDeadLetterSource(flags, context, async (source) => {
    const { stream } = await deadLetterStreamOf(source, broker);
    const message = await source.admin.readMessage(stream, sequence);
    if (message === undefined) {
      throw new CommandError(`No parked event ${sequence} of Broker "${broker}"`);
    }
    messageLines(message).forEach((line) => context.print(line));
  });
}

function replay(choice: Choice, context: CommandContext): Promise<void> {
  return withChoice(choice, context, async (source, stream, sequences) => {
    const { replayedCount, refused } = await replayEvents(
      source,
      stream,
      sequences,
      context.signal,
    );
    for (const { sequence, reason } of refused) {
      context.complain(`${sequence} stays parked: ${printable(reason)}`);
    }
    const line = `Replayed ${replayedCount} of ${sequences.length}.`;
    if (refused.length > 0) throw new CommandError(line);
    context.print(line);
  });
}

function discard(choice: Choice<DiscardFlags>, context: CommandContext): Promise<void> {
  return withChoice(choice, context, async (source, { broker, stream }, sequences) => {
    const count = sequences.length;
    if (!choice.flags.yes) {
      throw new CommandError(`${count} parked of "${broker}" are meant; --yes discards them`);
    }
    const discarded = await discardEvents(source, stream, sequences, context.signal);
    context.print(`Discarded ${discarded} of ${count}.`);
  });
}

/** Runs `action` with the sequences that are meant, each once. */
function withChoice(
  { broker, sequences, flags }: Choice,
  context: CommandContext,
  action: (
    source: DeadLetterSource,
    stream: DeadLetterStream,
    sequences: readonly number[],
  ) => Promise<void>,
): Promise<void> {
  const selection = selectionOf(flags);
  requireOneWay(sequences, selection, flags);
  return withDeadLetterSource(flags, context, async (source) => {
    const stream = await deadLetterStreamOf(source, broker);
    const meant = new Set(sequences);
    if (sequences.length === 0) {
      const events = selectedEvents(source, stream, selection, context.signal);
      for await (const { sequence } of events) meant.add(sequence);
    }
    await action(source, stream, [...meant]);
  });
}

/** Everything must be said, not left out. */
function requireOneWay(
  sequences: readonly number[],
  selection: Selection,
  { all }: ChoiceFlags,
): void {
  const isSelecting = Object.keys(selection).length > 0;
  const ways = [sequences.length > 0, isSelecting, all].filter(Boolean).length;
  if (ways === 1) return;
  throw new CommandError('Say which: sequences, or options that select, or --all');
}
