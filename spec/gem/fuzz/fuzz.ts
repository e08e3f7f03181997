import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { parseMessage, type SecsMessage } from '../../../src/secs2';
import { etcher, type Bed } from '../equipment/bed';
import { examples } from './examples';
import { harmedMessage } from './harm';

const messages = examples.map((example) => parseMessage(example));

/** What the host can change, as one text. */
async function stateOf(bed: Bed): Promise<string> {
  const { store, equipment } = bed;
  const kept = store.state.keys().map((key) => [key, inspect(store.state.get(key), { depth: 9 })]);
  const programs = store.programs.list().map(({ id, format, length }) => [String(id), format, length]);
  const constants = [...equipment.model.constants.keys()].map((name) =>
    String(equipment.constant(name as never)),
  );
  const { communicationState, controlState, spoolState, processingState } = equipment;
  await bed.settle();
  return JSON.stringify([
    kept.sort(),
    programs,
    constants,
    communicationState,
    controlState,
    spoolState,
    processingState,
  ]);
}

/** Whether a reply says that nothing was done. */
function isRefusal({ item }: SecsMessage): boolean {
  const first = item?.format === 'L' ? item.items[0] : item;
  return first?.format === 'B' && first.length === 1 && first.binary[0] !== 0;
}

/**
 * Sends harmed messages, each to an equipment that the ones before have left as it is. Each is answered; and what was not
 * carried out has changed nothing.
 */
export async function fuzz(seed: number, runs: number): Promise<void> {
  let bed = await etcher({ t3: 5 });
  let left = 0;
  const one = async (harmed: SecsMessage): Promise<void> => {
    if (left-- === 0) {
      await bed.down();
      bed = await fresh();
      left = 40;
    }
    if (bed.equipment.controlState !== 'REMOTE') await bed.ask('S1F17 W');
    const before = await stateOf(bed);
    let refused: boolean;
    try {
      refused = isRefusal(await bed.ask(harmed));
    } catch (error) {
      const { outcome } = error as { outcome?: string };
      // S9F7, or SxF0: never silence.
      if (outcome !== 'stream9' && outcome !== 'aborted') throw error;
      refused = true;
    }
    await bed.settle();
    if (refused) expect(await stateOf(bed)).toBe(before);
    expect(bed.equipment.communicationState).toBe('COMMUNICATING');
    expect(bed.errors.filter((error) => !/^fetching data set/.test(error))).toEqual([]);
  };
  const harmed = fc.constantFrom(...messages).chain(harmedMessage);
  try {
    await fc.assert(fc.asyncProperty(harmed, one), { seed, numRuns: runs, endOnFailure: true });
  } finally {
    await bed.down();
  }
}

async function fresh(): Promise<Bed> {
  const bed = await etcher({ t3: 5 });
  for (const name of ['START', 'STOP', 'PURGE', 'LOAD'] as const)
    bed.equipment.commands[name].handle(() => undefined);
  await bed.ask('S2F33 W <L <U4 1> <L <L <U4 1> <L <U4 2001>>>>>');
  await bed.ask('S7F3 W <L <A "X"> <B 1 2 3 4 5>>');
  return bed;
}
