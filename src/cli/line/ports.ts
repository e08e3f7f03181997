import type { Command } from 'commander';
import { serialPorts, type SerialPortInfo } from '../../secs1/index.js';
import type { CliIo } from '../io.js';
import { printable } from '../output/printable.js';
import { globalOptions } from '../program.js';
import { SUMMARIES } from '../summaries.js';

const EXAMPLES = `
Examples:
  What there is, and a tool on it:
    $ rxsecs ports
    $ rxsecs connect --serial /dev/ttyUSB0
  The paths alone:
    $ rxsecs ports --json | jq -r .path`;

/** Adds `ports`. */
export function registerPorts(
  program: Command,
  io: CliIo,
  list: () => Promise<readonly SerialPortInfo[]> = serialPorts,
): void {
  program
    .command('ports')
    .description(SUMMARIES.ports.summary)
    .addHelpText('after', EXAMPLES)
    .action(async (_options: object, self: Command) => {
      const found = await list();
      const { json } = globalOptions(self, io);
      if (found.length === 0 && !json) {
        io.stderr.write('rxsecs: this machine has no serial ports that the system lists\n');
      }
      const width = Math.max(...found.map(({ path }) => path.length));
      for (const port of found)
        io.stdout.write(json ? `${JSON.stringify(recordOf(port))}\n` : lineOf(port, width));
    });
}

function recordOf({ path, manufacturer, serialNumber, vendorId, productId }: SerialPortInfo): object {
  return { type: 'port', path, manufacturer, serialNumber, vendorId, productId };
}

function lineOf(
  { path, manufacturer, serialNumber, vendorId, productId }: SerialPortInfo,
  width: number,
): string {
  const usb = vendorId === undefined ? undefined : `usb ${vendorId}:${productId ?? '?'}`;
  const words = [manufacturer, usb, serialNumber && `serial ${serialNumber}`].filter(Boolean).join(', ');
  return `${printable(`${path.padEnd(width)}  ${words}`).trimEnd()}\n`;
}
