import { parseMessage } from '../../../../src/secs2';
import { memoryStore } from '../../../../src/gem/store/memory-store';
import { etcherDefinition, without } from '../../support';
import { Bed, etcher } from '../bed';

const define = (...reports: readonly string[]): string => `S2F33 W <L <U4 1> <L ${reports.join(' ')}>>`;
const rpt = (id: number, ...vids: readonly number[]): string =>
  `<L <U4 ${id}> <L ${vids.map((vid) => `<U4 ${vid}>`).join(' ')}>>`;
const link = (...links: readonly string[]): string => `S2F35 W <L <U4 1> <L ${links.join(' ')}>>`;
const enable = (on: boolean, ...ceids: readonly number[]): string =>
  `S2F37 W <L <BOOLEAN ${on ? 'T' : 'F'}> <L ${ceids.map((ceid) => `<U4 ${ceid}>`).join(' ')}>>`;
const ok = '<B 0x00>';

describe('definitions', () => {
  let bed: Bed;
  beforeEach(async () => {
    bed = await etcher();
  });
  afterEach(() => bed.down());

  /** What S6F19 gives for a report. */
  const shown = (id: number): Promise<string> => bed.reply(`S6F19 W <U4 ${id}>`);

  it('G-40: defines reports of SVs, DVs and ECs, repeats allowed', async () => {
    expect(await bed.reply(define(rpt(1, 2001, 101, 2101, 2001)))).toBe(ok);
    expect(await shown(1)).toBe('<L <F8 5> <F4 20> <L> <F8 5>>');
  });

  it.each([
    ['a report that is defined already', rpt(1, 2001), 3],
    ['an unknown VID', rpt(3, 2001, 77), 4],
  ])('G-40, T-5: %s refuses all of it', async (_what, wrong, drack) => {
    await bed.ask(define(rpt(1, 2001)));
    expect(await bed.reply(define(rpt(2, 2001), wrong))).toBe(`<B 0x0${drack}>`);
    expect(await shown(2)).toBe('<L>');
    expect(bed.refused.at(-1)).toMatchObject({ rule: 'S2F33', reply: 'S2F34' });
  });

  it.each(['<I4 -5>', '<U8 5000000000>', '<U8 18446744073709551615>'])(
    'G-40, G-2: an RPTID that the equipment cannot answer in its format, %s, is DRACK 2',
    async (rptid) => {
      expect(await bed.reply(define(rpt(2, 2001), `<L ${rptid} <L <U4 2001>>>`))).toBe('<B 0x02>');
      expect(await shown(2)).toBe('<L>');
    },
  );

  it('G-40, G-2: an RPTID that is text is answered as text', async () => {
    await bed.ask(define('<L <A "POS"> <L <U4 2001>>>'));
    expect(await bed.reply('S6F19 W <A "POS">')).toBe('<L <F8 5>>');
  });

  it('G-40: an empty list deletes all reports and links', async () => {
    await bed.report(1, [2001], [110]);
    expect(await bed.reply(define())).toBe(ok);
    expect(await shown(1)).toBe('<L>');
    expect(await bed.reply('S6F15 W <U4 110>')).toBe('<L <U4 0> <U4 110> <L>>');
  });

  it('G-40: a report without VIDs is deleted with its links; one that is not there is no fault', async () => {
    await bed.ask(define(rpt(1, 2001), rpt(2, 2003)));
    await bed.ask(link(rpt(110, 1, 2)));
    expect(await bed.reply(define(rpt(1), rpt(77)))).toBe(ok);
    expect(await bed.reply('S6F15 W <U4 110>')).toBe('<L <U4 0> <U4 110> <L <L <U4 2> <L <A "">>>>>');
  });

  it('G-40: a DRACK for deleting what is not there, where the rules say so', async () => {
    await bed.down();
    bed = await etcher({ rules: { drackNothingToDelete: 2 } });
    expect(await bed.reply(define(rpt(77)))).toBe('<B 0x02>');
  });

  it('G-40: deletes and defines in one message', async () => {
    await bed.ask(define(rpt(1, 2001)));
    expect(await bed.reply(define(rpt(1), rpt(1, 2003)))).toBe(ok);
    expect(await shown(1)).toBe('<L <A "">>');
  });

  it('G-41: links reports in their order, and adds others later', async () => {
    await bed.ask(define(rpt(1, 2001), rpt(2, 2003)));
    expect(await bed.reply(link(rpt(110, 2)))).toBe(ok);
    expect(await bed.reply(link(rpt(110, 1)))).toBe(ok);
    expect(await bed.reply('S6F15 W <U4 110>')).toBe(
      '<L <U4 0> <U4 110> <L <L <U4 2> <L <A "">>> <L <U4 1> <L <F8 5>>>>>',
    );
  });

  it.each([
    ['the same link again', rpt(110, 1), 3],
    ['an unknown event', rpt(7777, 1), 4],
    ['an unknown report', rpt(110, 77), 5],
  ])('G-41: %s refuses all of it', async (_what, wrong, lrack) => {
    await bed.ask(define(rpt(1, 2001)));
    await bed.ask(link(rpt(110, 1)));
    expect(await bed.reply(link(rpt(111, 1), wrong))).toBe(`<B 0x0${lrack}>`);
    expect(await bed.reply('S6F15 W <U4 111>')).toBe('<L <U4 0> <U4 111> <L>>');
  });

  it('G-41: by the letter an event with any link is LRACK 3', async () => {
    await bed.down();
    bed = await etcher({ rules: { linkMore: false } });
    await bed.ask(define(rpt(1, 2001), rpt(2, 2001)));
    await bed.ask(link(rpt(110, 1)));
    expect(await bed.reply(link(rpt(110, 2)))).toBe('<B 0x03>');
  });

  it('G-41: no RPTID unlinks the event; an empty outer list does nothing, or unlinks all by rule', async () => {
    await bed.report(1, [2001], [110, 111]);
    expect(await bed.reply(link(rpt(110)))).toBe(ok);
    expect(await bed.reply('S6F15 W <U4 110>')).toBe('<L <U4 0> <U4 110> <L>>');
    expect(await bed.reply(link())).toBe(ok);
    expect(await bed.reply('S6F15 W <U4 111>')).toMatch(/<U4 1>/);
    await bed.down();
    bed = await etcher({ rules: { emptyLinkUnlinksAll: true } });
    await bed.report(1, [2001], [111]);
    await bed.ask(link());
    expect(await bed.reply('S6F15 W <U4 111>')).toBe('<L <U4 0> <U4 111> <L>>');
  });

  it.each([
    [true, 'disables', []],
    [false, 'leaves', ['S6F11 W <L <U4 0> <U4 110> <L <L <U4 1> <L <F8 5>>>>>']],
  ])('G-41, T-4: linkDisables %p: linking %s the event', async (linkDisables, _what, sent) => {
    await bed.down();
    bed = await etcher({ rules: { linkDisables } });
    await bed.ask(define(rpt(1, 2001)));
    await bed.ask(enable(true, 110));
    await bed.ask(link(rpt(110, 1)));
    bed.taken();
    await bed.clock.settled(bed.equipment.raise('DoorOpened'));
    expect(bed.taken()).toEqual(sent);
  });

  it('G-41: unlinking does not disable', async () => {
    await bed.report(1, [2001], [110]);
    await bed.ask(link(rpt(110)));
    bed.taken();
    await bed.clock.settled(bed.equipment.raise('DoorOpened'));
    expect(bed.taken()).toEqual(['S6F11 W <L <U4 0> <U4 110> <L>>']);
  });

  it('G-42, T-10: enables and disables, all or nothing; no list: all, linked or not', async () => {
    expect(await bed.reply(enable(true, 110, 7777))).toBe('<B 0x01>');
    expect(await bed.reply('S1F3 W <L <U4 1003>>')).toBe('<L <L>>');
    expect(await bed.reply(enable(true, 110, 111))).toBe(ok);
    expect(await bed.reply('S1F3 W <L <U4 1003>>')).toBe('<L <L <U4 110> <U4 111>>>');
    expect(await bed.reply(enable(false, 110))).toBe(ok);
    expect(await bed.reply('S1F3 W <L <U4 1003>>')).toBe('<L <L <U4 111>>>');
    await bed.ask(enable(true));
    expect((await bed.ask('S1F3 W <L <U4 1003>>')).item?.at(0).length).toBe(bed.equipment.model.events.size);
    await bed.ask(enable(false));
    expect(await bed.reply('S1F3 W <L <U4 1003>>')).toBe('<L <L>>');
  });

  it('G-45: reports are asked for, plain and annotated; unknown ones are empty', async () => {
    await bed.report(1, [2001, 101], [110]);
    expect(await bed.reply('S6F15 W <U4 110>')).toBe('<L <U4 0> <U4 110> <L <L <U4 1> <L <F8 5> <F4 20>>>>>');
    expect(await bed.reply('S6F17 W <U4 110>')).toBe(
      '<L <U4 0> <U4 110> <L <L <U4 1> <L <L <U4 2001> <F8 5>> <L <U4 101> <F4 20>>>>>>',
    );
    expect(await bed.reply('S6F19 W <U4 1>')).toBe('<L <F8 5> <F4 20>>');
    expect(await bed.reply('S6F21 W <U4 1>')).toBe('<L <L <U4 2001> <F8 5>> <L <U4 101> <F4 20>>>');
    expect(await bed.reply('S6F15 W <U2 7777>')).toBe('<L <U4 0> <U2 7777> <L>>');
    expect(await bed.reply('S6F19 W <U4 77>')).toBe('<L>');
  });

  it('G-46, G-92, T-17: definitions, links and enables outlive link and power', async () => {
    await bed.report(1, [2001], [110]);
    await bed.cut();
    await bed.heal();
    bed.taken();
    await bed.clock.settled(bed.equipment.raise('DoorOpened'));
    expect(bed.taken()).toEqual(['S6F11 W <L <U4 0> <U4 110> <L <L <U4 1> <L <F8 5>>>>>']);
    const { store } = bed;
    await bed.down();
    bed = await etcher({ store });
    bed.taken();
    await bed.clock.settled(bed.equipment.raise('DoorOpened'));
    expect(bed.taken()).toEqual(['S6F11 W <L <U4 0> <U4 110> <L <L <U4 1> <L <F8 5>>>>>']);
  });

  it('G-46: a store that cannot write leaves all as it was', async () => {
    const write = jest.spyOn(bed.store.state, 'write').mockRejectedValue(new Error('disk full'));
    expect(await bed.outcome(define(rpt(1, 2001)))).toBe('aborted');
    write.mockRestore();
    expect(await shown(1)).toBe('<L>');
    expect(await bed.reply(define(rpt(1, 2001)))).toBe(ok);
  });

  it('G-92: kept definitions of what has vanished are dropped and told', async () => {
    await bed.report(1, [2003], [110]);
    await bed.report(2, [2001], [111]);
    const { store } = bed;
    await bed.down();
    const variables = without(etcherDefinition.variables, 'Recipe');
    const events = without(etcherDefinition.events, 'Stopped');
    const commands = { ...without(etcherDefinition.commands, 'STOP'), STOP: {} };
    const smaller = new Bed({ ...etcherDefinition, variables, events, commands }, { store });
    await smaller.up();
    expect(smaller.errors.map((error) => error.replace(/.*model: /, ''))).toEqual([
      'report 1: there is no VID 2003 any more',
      'links of event 111: there is no such CEID any more',
      'event 111, which was enabled: there is no such CEID any more',
    ]);
    expect(await smaller.reply('S6F19 W <U4 1>')).toBe('<L>');
    expect(await smaller.reply('S6F19 W <U4 2>')).toBe('<L <F8 5>>');
    await smaller.down();
    bed = await etcher();
  });

  it('takes the messages one after the other, also when they come at once', async () => {
    const replies = await bed.clock.settled(
      Promise.all(
        [define(rpt(1, 2001)), link(rpt(110, 1)), enable(true, 110)].map((message) =>
          bed.host.request(parseMessage(message)),
        ),
      ),
    );
    expect(replies.map(({ item }) => String(item))).toEqual(['<B[1] 0x00>', '<B[1] 0x00>', '<B[1] 0x00>']);
  });

  it('has the reports of the model until the host changes them', async () => {
    await bed.down();
    const reports = { Position: { id: 9, values: ['ChamberPressure'], events: ['DoorOpened'] } };
    const store = memoryStore();
    const preset = await new Bed({ ...etcherDefinition, reports }, { store }).up();
    expect(await preset.reply('S6F15 W <U4 110>')).toMatch(/<U4 9> <L <F8 5>>/);
    expect(await preset.reply(define(rpt(1, 2001)))).toBe(ok);
    await preset.down();
    const again = await new Bed({ ...etcherDefinition, reports }, { store }).up();
    expect(await again.reply('S6F15 W <U4 110>')).toMatch(/<U4 9> <L <F8 5>>/);
    expect(await again.reply(define())).toBe(ok);
    await again.down();
    const empty = await new Bed({ ...etcherDefinition, reports }, { store }).up();
    expect(await empty.reply('S6F19 W <U4 9>')).toBe('<L>');
    await empty.down();
    bed = await etcher();
  });
});
