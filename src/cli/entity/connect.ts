import type { Command } from 'commander';
import { argumentOf, refuseAddress } from './arguments.js';
import { addEntityOptions, type EntityOptions } from './entity.js';
import { runEntity } from './entity-run.js';
import type { CliIo } from '../io.js';
import { addRunOptions } from './run-options.js';
import { SUMMARIES } from '../summaries.js';
import { parseEndpoint } from '../values.js';

const EXAMPLES = `
Examples:
  A host, with a prompt; it connects again whenever the connection ends:
    $ rxsecs connect tool-7:5000 --session-id 1 --linktest 30
  A script: ask, wait for an event, end with the exit code of the first line that fails:
    $ printf 'S1F13 W <L>\\nwait S6F11 60\\nS1F1 W.\\n' | rxsecs connect tool-7:5000
  A tool on a serial port, and one behind a terminal server:
    $ rxsecs connect --serial /dev/ttyUSB0 --baud 9600 --device-id 1
    $ rxsecs connect terminal-server:4001 --secs1 --t1 2
  Watch for a minute and keep everything:
    $ rxsecs connect tool-7:5000 --log tool-7.ndjson --for 60 </dev/null`;

/** Adds `connect`. */
export function registerConnect(program: Command, io: CliIo): void {
  const command = program
    .command('connect')
    .description(SUMMARIES.connect.summary)
    .argument('[host:port]', 'where the peer listens, an IPv6 address in brackets; not with --serial')
    .addHelpText('after', EXAMPLES);
  addRunOptions(addEntityOptions(command, 'active')).action(
    async (text: string | undefined, _options: object, self: Command) => {
      const { serial } = self.opts<EntityOptions>();
      if (serial !== undefined) refuseAddress(self, text, serial);
      const endpoint = serial === undefined ? argumentOf(self, 'host:port', text, parseEndpoint) : undefined;
      await runEntity(io, self, 'active', endpoint);
    },
  );
}
