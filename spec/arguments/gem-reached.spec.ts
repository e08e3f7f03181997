import { HsmsPassiveConnection, HsmsSession, SecsError } from '../../src/index.js';
import { defineEquipment, GemEquipment, GemHost, memoryStore, profileOf } from '../../src/gem/index.js';
import { Secs2Error, U4 } from '../../src/secs2/index.js';
import { wrongValues } from '../support/wrong-values.js';

const model = defineEquipment({
  model: 'ETCHER',
  softwareRevision: '1.0',
  variables: { Pressure: { id: 2001, format: 'F8', limits: {}, min: 0, max: 9 } },
  constants: { Speed: { id: 3001, format: 'U2', default: 1 } },
  commands: { START: {}, STOP: {} },
  terminals: 1,
  processPrograms: {},
});
const session = (): HsmsSession =>
  new HsmsSession(new HsmsPassiveConnection('any', 0, 0, undefined, { onError: () => {} }));
const equipment = new GemEquipment(session(), model, { onError: () => {} });
const host = new GemHost(session(), { profile: profileOf(model) });
const store = memoryStore();
const { operator, programs } = equipment;
const { constants, recipes, clock, terminal, limits, spool } = host;
const bytes = new Uint8Array(4);

/** What is reached through the classes of `rxsecs/gem`, called with a wrong argument in one place. */
const reached: readonly (readonly [string, (wrong: never) => unknown])[] = [
  ['operator.setConstant, the name', (a) => operator.setConstant(a, 1)],
  ['operator.setConstant, the value', (a) => operator.setConstant('Speed', a)],
  ['operator.command, the name', (a) => operator.command(a)],
  ['operator.command, the parameters', (a) => operator.command('START', a)],
  ['operator.message, the text', (a) => operator.message(a)],
  ['operator.message, the terminal', (a) => operator.message('x', a)],
  ['commands.START.handle', (a) => equipment.commands.START.handle(a)],
  ['programs.read', (a) => programs.read(a)],
  ['programs.write, the id', (a) => programs.write(a, U4(1))],
  ['programs.write, the body', (a) => programs.write('x', a)],
  ['programs.delete', (a) => programs.delete(a)],
  ['programs.select', (a) => programs.select(a)],
  ['programs.send', (a) => programs.send(a)],
  ['programs.request', (a) => programs.request(a)],
  ['constants.get', (a) => constants.get(a)],
  ['constants.set', (a) => constants.set(a)],
  ['constants.set, a value', (a) => constants.set({ Speed: a })],
  ['recipes.upload', (a) => recipes.upload(a)],
  ['recipes.upload, options', (a) => recipes.upload('x', a)],
  ['recipes.uploadFormatted', (a) => recipes.uploadFormatted(a)],
  ['recipes.download, the name', (a) => recipes.download(a, bytes)],
  ['recipes.download, the body', (a) => recipes.download('x', a)],
  ['recipes.download, options', (a) => recipes.download('x', bytes, a)],
  ['recipes.downloadFormatted', (a) => recipes.downloadFormatted('x', a)],
  ['recipes.delete', (a) => recipes.delete(a)],
  ['recipes.uploadStream', (a) => recipes.uploadStream(a).next()],
  ['recipes.uploadStream, options', (a) => recipes.uploadStream('x', a).next()],
  ['recipes.downloadStream, the name', (a) => recipes.downloadStream(a, [bytes])],
  ['recipes.downloadStream, the source', (a) => recipes.downloadStream('x', a)],
  ['recipes.downloadStream, options', (a) => recipes.downloadStream('x', [bytes], a)],
  ['clock.sync', (a) => clock.sync(a)],
  ['terminal.show', (a) => terminal.show(a)],
  ['terminal.show, the terminal', (a) => terminal.show('x', a)],
  ['terminal.broadcast', (a) => terminal.broadcast(a)],
  ['limits.get', (a) => limits.get(a)],
  ['limits.set, the name', (a) => limits.set(a, {})],
  ['limits.set, the limits', (a) => limits.set('Pressure', a)],
  ['spool.choose', (a) => spool.choose(a)],
  ['store.state.get', (a) => store.state.get(a)],
  ['store.state.write', (a) => store.state.write(a)],
  ['store.programs.get', (a) => store.programs.get(a)],
  ['store.programs.write, the id', (a) => store.programs.write(a, { format: 'x', body: bytes })],
  ['store.programs.write, the program', (a) => store.programs.write('x', a)],
  ['store.programs.delete', (a) => store.programs.delete(a)],
  ['store.spool.append', (a) => store.spool.append(a)],
  ['store.spool.remove', (a) => store.spool.remove(a)],
];

it.each(reached)('%s never fails with an error that is not of the library', async (_name, call) => {
  for (const [what, value] of wrongValues) {
    let error: unknown;
    try {
      await call(value as never);
    } catch (thrown) {
      error = thrown;
    }
    const right = error === undefined || error instanceof SecsError || error instanceof Secs2Error;
    expect({ what, right, error: right || String(error) }).toEqual({ what, right: true, error: true });
  }
});
