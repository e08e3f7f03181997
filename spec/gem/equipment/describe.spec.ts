import { logEquipment } from '../../../src/gem';
import { B } from '../../../src/secs2';
import { WireLog } from '../../../src/log';
import { MemoryStream } from '../../support/memory-stream';
import { etcher } from './bed';

it('writes the why of an equipment into a log', async () => {
  const bed = await etcher();
  const lines: string[] = [];
  const stop = logEquipment(bed.equipment, { event: (event, text) => void lines.push(`${event} ${text}`) });
  bed.on('S6F11', () => B(1));
  await bed.enableAll();
  await bed.clock.settled(bed.equipment.raise('DoorOpened'));
  await bed.ask('S1F13 W <L>');
  await bed.outcome('S64F1 W');
  await bed.ask('S1F15 W');
  await bed.settle();
  await bed.outcome('S1F3 W <L>');
  stop();
  await bed.ask('S1F17 W');
  expect(lines).toEqual([
    'gem.undelivered DoorOpened was not acknowledged: S6F11 was answered with code 1',
    'gem.reestablished the host has restarted: it established communications anew',
    'gem.refused S64F1 got S9F3 by the rule stream: nothing of stream 64 is known',
    'gem.transition control: REMOTE → HOST OFF-LINE (10), because of S1F15',
    'gem.undelivered EquipmentOFFLINE was not acknowledged: S6F11 was answered with code 1',
    'gem.refused S1F3 got S1F0 by the rule control: the equipment is OFF-LINE: only S1F13 and S1F17 are served',
  ]);
  await bed.down();
});

it('writes into a wire log', async () => {
  const bed = await etcher();
  const out = new MemoryStream();
  const log = new WireLog(out, { clock: bed.clock });
  const stop = logEquipment(bed.equipment, log);
  await bed.outcome('S64F1 W');
  stop();
  await log.close();
  expect(JSON.parse(out.text.trim().split('\n').at(-1) ?? '')).toMatchObject({
    event: 'gem.refused',
    rule: 'stream',
    message: 'S64F1',
    reply: 'S9F3',
  });
  await bed.down();
});
