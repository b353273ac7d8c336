import type { Command } from 'commander';
import { randomUUID } from 'node:crypto';
import { readEndpoints } from '../client/local-client.ts';
import { sendCloudEvent, sendLegacyEvent } from '../client/send-event.ts';
import { CommandError, type CommandContext } from '../command-context.ts';

interface SendFlags {
  readonly type: string;
  readonly id?: string;
  readonly payload: string;
  readonly legacy?: string | true;
  readonly data: string;
}

export function addSendCommand(program: Command, context: CommandContext): void {
  program
    .command('send <application>')
    .description('send an event through the HTTP source adapter, as that Application')
    .requiredOption('--type <type>', 'type of the event')
    .option('--id <id>', 'id of the event; random when absent')
    .option('--payload <json>', 'data of the event', '{}')
    .option('--legacy [version]', 'send a legacy event (v1 when no version is given)')
    .option('--data <dir>', 'folder of the local mesh', '.jetmesh')
    .action(async (application: string, flags: SendFlags) => {
      const { adapter } = readEndpoints(flags.data);
      const { type, payload, legacy, id = randomUUID() } = flags;
      const event = { application, type, id, data: payload };
      const answer =
        legacy === undefined
          ? await sendCloudEvent(adapter, event)
          : await sendLegacyEvent(adapter, {
              ...event,
              version: legacy === true ? 'v1' : legacy,
              time: new Date(),
            });
      const line = `${answer.status} ${answer.body}`.trim();
      if (answer.status >= 300) throw new CommandError(line);
      context.print(`${id} ${line}`);
    });
}
