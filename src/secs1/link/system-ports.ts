import { readdir, readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** One port as `serialPorts` finds it. */
export interface SerialPortInfo {
  readonly path: string;
  readonly manufacturer?: string | undefined;
  readonly serialNumber?: string | undefined;
  readonly vendorId?: string | undefined;
  readonly productId?: string | undefined;
}

/** Where Linux has its terminals, and what they hang on. */
const TERMINALS = '/sys/class/tty';

/** The type of a port of a PC without hardware. */
const NO_HARDWARE = '0';

/**
 * The serial ports of Linux as the kernel has them: where there is no `udevadm` to ask, in a container say.
 * @param root in place of `/sys/class/tty`
 */
export async function systemPorts(root: string = TERMINALS): Promise<SerialPortInfo[]> {
  const names = await readdir(root).catch(() => []);
  const found = await Promise.all(names.map((name) => portOf(join(root, name))));
  return found
    .filter((port) => port !== undefined)
    .sort((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }));
}

/** A terminal that hangs on a device is a port; the consoles and pseudo-terminals hang on none. */
async function portOf(folder: string): Promise<SerialPortInfo | undefined> {
  const device = await realpath(join(folder, 'device')).catch(() => undefined);
  if (device === undefined || (await textOf(join(folder, 'type'))) === NO_HARDWARE) return undefined;
  const path = `/dev/${basename(folder)}`;
  const usb = await usbOf(device);
  if (usb === undefined) return { path };
  const [vendorId, productId, manufacturer, serialNumber] = await Promise.all(
    ['idVendor', 'idProduct', 'manufacturer', 'serial'].map((name) => textOf(join(usb, name))),
  );
  return { path, manufacturer, serialNumber, vendorId, productId };
}

/** The USB device of an adapter: one level up, or two, by its driver. */
async function usbOf(device: string): Promise<string | undefined> {
  for (const folder of [dirname(device), dirname(dirname(device))]) {
    if ((await textOf(join(folder, 'idVendor'))) !== undefined) return folder;
  }
  return undefined;
}

async function textOf(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text?.trim();
}
