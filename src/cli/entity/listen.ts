import type { Command } from 'commander';
import { argumentOf, refuseAddress } from './arguments.js';
import { addEntityOptions, type EntityOptions } from './entity.js';
import { runEntity } from './entity-run.js';
import { UsageError } from '../exit-codes.js';
import type { CliIo } from '../io.js';
import { addRunOptions } from './run-options.js';
import { SUMMARIES } from '../summaries.js';
import { parseListen } from '../values.js';

const EXAMPLES = `
Examples:
  An equipment on port 5000, with a prompt:
    $ rxsecs listen 5000 --equipment
  One that answers from a file, keeps a wire log and ends after an hour:
    $ rxsecs listen 5000 --equipment --reply tool.sml --abort --log tool.ndjson --for 3600 </dev/null
  An equipment on a serial port:
    $ rxsecs listen --serial /dev/ttyS0 --equipment --reply tool.sml
  Wait for a host, report an event, end with 0 if it was acknowledged:
    $ echo 'S6F11 W <L <U4 1> <U4 1001> <L>>' | rxsecs listen 5000 --equipment
  What comes, for jq:
    $ rxsecs listen 5000 --json --count 10 | jq -r 'select(.sf) | .sml'`;

/** Adds `listen`. */
export function registerListen(program: Command, io: CliIo): void {
  const command = program
    .command('listen')
    .description(SUMMARIES.listen.summary)
    .argument('[port]', 'TCP port to listen on, also ADDRESS:PORT; 0 for any free one; not with --serial')
    .addHelpText('after', EXAMPLES);
  addRunOptions(addEntityOptions(command, 'passive')).action(
    async (text: string | undefined, _options: object, self: Command) => {
      const { serial } = self.opts<EntityOptions>();
      if (serial !== undefined) {
        refuseAddress(self, text, serial);
        await runEntity(io, self, 'passive', undefined);
        return;
      }
      const { host, port } = argumentOf(self, 'port', text, parseListen);
      if (host !== undefined) bindTo(host, self);
      await runEntity(io, self, 'passive', { port });
    },
  );
}

/** The address in front of the port is that of `--bind`. */
function bindTo(host: string, command: Command): void {
  const { bind } = command.opts<EntityOptions>();
  if (bind !== undefined && bind !== host) {
    throw new UsageError(`listen on ${host} and --bind ${bind}: one address is allowed`);
  }
  command.setOptionValue('bind', host);
}
