import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serialPorts } from '../../../src/secs1/index.js';
import { systemPorts } from '../../../src/secs1/link/system-ports.js';

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'rxsecs-tty-'))));
afterEach(() => {
  jest.dontMock('serialport');
  jest.resetModules();
  rmSync(root, { recursive: true, force: true });
});

/** A terminal as the kernel shows it, with the device that it hangs on. */
function terminal(name: string, type?: string, usb?: Record<string, string>): void {
  const device = join(root, 'devices', name, '1-1:1.0', name);
  mkdirSync(device, { recursive: true });
  mkdirSync(join(root, 'tty', name), { recursive: true });
  symlinkSync(device, join(root, 'tty', name, 'device'));
  if (type !== undefined) writeFileSync(join(root, 'tty', name, 'type'), `${type}\n`);
  for (const [file, text] of Object.entries(usb ?? {})) {
    writeFileSync(join(root, 'devices', name, file), `${text}\n`);
  }
}

describe('systemPorts', () => {
  it('B-51: lists ports that have hardware, and what their adapters say of themselves', async () => {
    const ftdi = { idVendor: '0403', idProduct: '6001', manufacturer: 'FTDI', serial: 'A1' };
    terminal('ttyUSB10', undefined, ftdi);
    terminal('ttyUSB2', undefined, { idVendor: '067b' });
    terminal('ttyS0', '4');
    terminal('ttyS1', '0');
    mkdirSync(join(root, 'tty', 'tty1'));
    expect(await systemPorts(join(root, 'tty'))).toEqual([
      { path: '/dev/ttyS0' },
      { path: '/dev/ttyUSB2', vendorId: '067b' },
      {
        ...{ path: '/dev/ttyUSB10', vendorId: '0403', productId: '6001' },
        ...{ manufacturer: 'FTDI', serialNumber: 'A1' },
      },
    ]);
    expect(await systemPorts(join(root, 'none'))).toEqual([]);
  });

  it.each([
    ['stands in where the package has no udevadm to ask', 'ENOENT', true],
    ['hides no other error of the package', 'EACCES', false],
  ])('B-51: %s', async (_, code, isListed) => {
    const SerialPort = { list: () => Promise.reject(Object.assign(new Error('udevadm'), { code })) };
    jest.doMock('serialport', () => ({ SerialPort }));
    if (isListed) expect(await serialPorts()).toBeInstanceOf(Array);
    else await expect(serialPorts()).rejects.toThrow('udevadm');
  });
});
