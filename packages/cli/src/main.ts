#!/usr/bin/env node
import { Command } from 'commander';
import { addDeadLettersCommand } from './commands/dead-letters.ts';
import { addDemoCommand } from './commands/demo.ts';
import { addExposeCommand } from './commands/expose.ts';
import { addMigrateCommand } from './commands/migrate.ts';
import { addSendCommand } from './commands/send.ts';
import { addSwitchCommand } from './commands/switch.ts';
import { addTailCommand } from './commands/tail.ts';
import { addUpCommand } from './commands/up.ts';
import type { CommandContext } from './command-context.ts';

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => interruption.abort());
}

const context: CommandContext = {
  env: process.env,
  isRoot: process.getuid?.() === 0,
  signal: interruption.signal,
  print: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
};

const program = new Command('jetmesh').description('Broker and Trigger on NATS JetStream');
addUpCommand(program, context);
addDeadLettersCommand(program, context);
addDemoCommand(program, context);
addExposeCommand(program, context);
addMigrateCommand(program, context);
addSendCommand(program, context);
addSwitchCommand(program, context);
addTailCommand(program, context);

try {
  await program.parseAsync();
} catch (error) {
  const isOurs = interruption.signal.aborted;
  context.complain(isOurs ? 'Stopped.' : error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
