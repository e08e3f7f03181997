// What docs/gem-equipment.md shows, run. Each block of the document stands here, or in examples/gem-equipment.ts, word for word.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { HsmsActiveConnection, HsmsPassiveConnection as PassiveConnection, HsmsSession } from 'rxsecs';
import {
  BodyError,
  complianceStatement,
  defineEquipment,
  GemEquipment,
  interfaceManual,
  memoryStore,
} from 'rxsecs/gem';
import { A, B, L, S, type SecsMessage } from 'rxsecs/secs2';
import { createTestNetwork } from 'rxsecs/testing';

const root = resolve(__dirname, '../..');

it('has no block that is not run', () => {
  const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();
  // What a block needs before it stands at the top here.
  const bare = (text: string): string =>
    flat(text.replace(/^\/\/ (continued|given).*$/gm, '').replace(/^import .*$/gm, ''));
  const sources = ['spec/gem/guide.spec.ts', 'examples/gem-equipment.ts'].map((file) =>
    flat(readFileSync(resolve(root, file), 'utf8')),
  );
  const document = readFileSync(resolve(root, 'docs/gem-equipment.md'), 'utf8');
  const blocks = [...document.matchAll(/```ts\n([^]*?)```/g)].map(([, block = '']) => bare(block));
  expect(blocks.length).toBeGreaterThan(5);
  for (const block of blocks)
    expect({ block, isRun: sources.some((source) => source.includes(block)) }).toMatchObject({ isRun: true });
});

it('runs the tool of the guide', async () => {
  const network = createTestNetwork();
  const lines: string[] = [];
  const console = { log: (line: string) => void lines.push(line) };

  const coater = defineEquipment({
    model: 'COATER',
    softwareRevision: '1.0',
    variables: {
      Temperature: { id: 2001, format: 'F4', units: 'degC' },
      LotId: { id: 2101, format: 'A', class: 'DV' },
    },
    constants: {
      SpinSpeed: { id: 101, format: 'U2', units: 'rpm', default: 3000, min: 100, max: 6000 },
    },
    events: {
      LotStarted: { id: 100, values: ['LotId'] },
    },
    alarms: {
      Overheated: { id: 1, text: 'Plate too hot', category: 'equipmentSafety' },
    },
    commands: {
      START: { parameters: { LotId: { format: 'A' } } },
      STOP: {},
    },
  });

  const manual = interfaceManual(coater, { format: 'html' });
  const statement = complianceStatement(coater);
  expect(manual).toContain('<h1>COATER 1.0: GEM interface manual</h1>');
  expect(statement).toContain('This equipment is GEM-compliant');

  class HsmsPassiveConnection extends PassiveConnection {
    constructor(address: string, port: number, sessionId: number) {
      super(address, port, sessionId, undefined, network.options);
    }
  }
  const passive = new HsmsPassiveConnection('', 5000, 0);
  const session = new HsmsSession(passive, { entity: 'equipment' });
  const store = memoryStore();
  const equipment = new GemEquipment(session, coater, { store });
  let plate = { celsius: 90, heat: (lot: string) => Promise.resolve(lot) };

  equipment.provide('Temperature', () => plate.celsius);
  equipment.commands.START.handle(async ({ LotId }) => {
    await plate.heat(LotId);
    void equipment.raise('LotStarted', { LotId });
  });

  equipment.refused.subscribe(({ message, rule, why }) => console.log(`${message} (${rule}): ${why}`));
  equipment.transitions.subscribe(({ model, numbers, from, to, cause }) =>
    console.log(`${model} ${numbers.join(' ')}: ${from} -> ${to}, ${cause}`),
  );

  equipment.handle('S64F1', ({ item }) => {
    if (item?.format !== 'A') throw new BodyError('S64F1 must be text'); // S9F7
    return { item: A(`you said ${item.ascii}`) }; // S64F2
  });

  equipment.start();
  await passive.enable();

  const active = new HsmsActiveConnection('127.0.0.1', 5000, 0, undefined, network.options);
  const host = new HsmsSession(active);
  const events: string[] = [];
  host.primaries.subscribe((primary) => {
    const { name } = primary.message;
    if (name === 'S6F11' || name === 'S5F1') events.push(name);
    void primary.reply(name === 'S1F13' ? L(B(0), L()) : name === 'S1F1' ? L() : B(0));
  });
  await active.enable();
  await network.clock.settle();
  const ask = async (message: SecsMessage): Promise<string> =>
    String((await network.clock.settled(host.request(message))).item).replace(/\s+/g, ' ');

  expect(lines).toContain('communication 7: NO LINK -> WAIT CRA, link up');
  expect(lines).toContain('control 5 7: ATTEMPT ON-LINE -> REMOTE, S1F2');
  expect(await ask(S(2, 41).w(L(A('START'), L(L(A('LotId'), A('L-7'))))))).toMatch(/<B\[1\] 0x00>/);
  expect(await ask(S(64, 1).w(A('hello')))).toBe('<A[14] "you said hello">');

  void equipment.raise('LotStarted', { LotId: 'L-1' });
  void equipment.setAlarm('Overheated');
  await equipment.operator.setConstant('SpinSpeed', 2500);
  equipment.process('start');

  await equipment.operator.local(); // LOCAL
  await equipment.operator.offLine(); // EQUIPMENT OFF-LINE, when the host has the last event
  await equipment.operator.onLine(); // ATTEMPT ON-LINE, S1F1

  await network.clock.settle();
  expect(equipment.controlState).toBe('LOCAL');
  expect(equipment.constant('SpinSpeed')).toBe(2500);
  expect(equipment.isAlarmSet('Overheated')).toBe(true);
  expect(events).toEqual([]);
  plate = { ...plate, celsius: 91 };
  expect(await equipment.read('Temperature')).toBe(91);
  equipment.stop();
  await active.dispose();
  await passive.dispose();
});
