import { inspect } from 'node:util';
import { HsmsActiveConnection, HsmsPassiveConnection } from '../../src';
import { memoryLine, Secs1Connection } from '../../src/secs1';
import { createTestNetwork } from '../../src/testing';

it('shows a connection in one line', () => {
  const { options } = createTestNetwork();
  expect(inspect(new HsmsPassiveConnection('', 5000, 7, undefined, options))).toBe(
    'HsmsPassiveConnection (port 5000, session 7, disabled)',
  );
  expect(inspect(new HsmsActiveConnection('127.0.0.1', 5000, 0, undefined, options))).toBe(
    'HsmsActiveConnection (127.0.0.1:5000, session 0, disabled)',
  );
  const [line] = memoryLine();
  expect(inspect(new Secs1Connection(line, 3))).toBe(`Secs1Connection (${line.text}, device 3, disabled)`);
});

it('shows established, beforeClosed and closed short, without what is inside the connection', async () => {
  const { options, clock } = createTestNetwork();
  const passive = new HsmsPassiveConnection('', 5000, 0, undefined, options);
  const active = new HsmsActiveConnection('127.0.0.1', 5000, 0, undefined, options);
  const shown = new Map<string, string>();
  for (const name of ['established', 'beforeClosed', 'closed'] as const) {
    active.events.on(name, (event: object) => shown.set(name, inspect(event)));
  }
  await passive.enable();
  await active.enable();
  await clock.advanceAsync(20);
  await passive.disable();
  await clock.advanceAsync(1);
  await active.disable();
  expect([...shown.keys()].sort()).toEqual(['beforeClosed', 'closed', 'established']);
  for (const [name, text] of shown) {
    expect({ name, lines: text.split('\n').length <= 8, text }).toMatchObject({ lines: true });
    expect(text).not.toMatch(/Observable|Publisher/);
  }
  expect(shown.get('established')).toContain('HsmsActiveConnection (127.0.0.1:5000, session 0, ');
});
