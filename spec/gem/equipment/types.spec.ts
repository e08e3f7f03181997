import type { GemEquipment } from '../../../src/gem';
import type { etcherDefinition } from '../support';

/** What does not compile: the compiler is the test. It is never called. */
function refusedByTheCompiler(tool: GemEquipment<typeof etcherDefinition>): void {
  // @ts-expect-error no such variable
  tool.set('ChamberPresure', 1);
  // @ts-expect-error text for a number
  tool.set('ChamberPressure', '1');
  // @ts-expect-error kept by the equipment itself
  tool.set('Clock', '2026');
  // @ts-expect-error the data values of the event are missing
  void tool.raise('WaferStarted');
  // @ts-expect-error one of them is missing
  void tool.raise('WaferStarted', { WaferId: 'W' });
  // @ts-expect-error a data value of another type
  void tool.raise('WaferDone', { WaferId: 5 });
  // @ts-expect-error an event without data values
  void tool.raise('DoorOpened', { WaferId: 'W' });
  // @ts-expect-error no such event
  void tool.raise('DoorClosed');
  // @ts-expect-error no such alarm
  void tool.setAlarm('Fire');
  // @ts-expect-error no such constant
  tool.constant('Humidity');
  // @ts-expect-error no such command
  void tool.commands.FLY;
  // @ts-expect-error no such parameter
  tool.commands.START.handle(({ LotId }) => void LotId);
  // @ts-expect-error a value of another type
  tool.provide('ChamberPressure', () => 'high');
  // @ts-expect-error no such trigger
  tool.process('explode');
}

/** What does. */
function takenByTheCompiler(tool: GemEquipment<typeof etcherDefinition>): void {
  tool.set('ChamberPressure', 12.5);
  void tool.raise('WaferStarted', { WaferId: 'W-1', Slot: 1 });
  void tool.raise('MaterialReceived');
  tool.commands.START.handle(({ PPID, Slots = [] }) => (PPID.length > 3 && Slots.length > 0 ? 0 : 2));
  tool.provide('Recipe', () => Promise.resolve('OXIDE'));
  const celsius: number = tool.constant('Temperature');
  const mode: string = tool.constant('Mode');
  tool.process(celsius > 30 && mode === 'normal' ? 'start' : 'stop');
}

/** A model that was read from a file: any name goes, and is looked at when the program runs. */
function untyped(tool: GemEquipment, name: string): void {
  tool.set(name, 5);
  tool.provide(name, () => 'x');
  void tool.raise(name);
  void tool.raise(name, { [name]: 1 });
  void tool.setAlarm(name);
  void tool.read(name);
  tool.commands[name]?.handle((parameters) => (parameters[name] === undefined ? 2 : 0));
  void tool.operator.setConstant(name, 5);
  tool.process(name);
}

it('G-4: names, values and parameters have the types of the model', () => {
  expect([refusedByTheCompiler, takenByTheCompiler, untyped]).toHaveLength(3);
});
