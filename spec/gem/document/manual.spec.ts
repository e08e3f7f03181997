import { catalogue } from '../../../src/e5';
import {
  complianceStatement,
  defineEquipment,
  interfaceManual,
  memoryStore,
  type EquipmentDefinition,
} from '../../../src/gem';
import { servedMessages } from '../../../src/gem/document/chapters/messages';
import { Runtime } from '../../../src/gem/equipment/runtime';
import { HsmsPassiveConnection, HsmsSession } from '../../../src';
import { parseMessages } from '../../../src/secs2';
import { createTestNetwork } from '../../../src/testing';
import { etcherDefinition, without } from '../support';

const etcher = defineEquipment(etcherDefinition);
const manual = interfaceManual(etcher);

/** The cells of the row of a table that begins with these. */
function row(...first: readonly string[]): string | undefined {
  return manual.split('\n').find((line) => line.startsWith(`| ${first.join(' | ')} |`));
}

describe('the interface manual (G-94)', () => {
  it('has every variable, constant, event and alarm by its id', () => {
    for (const { id, name } of [
      ...etcher.byVid.values(),
      ...etcher.byCeid.values(),
      ...etcher.byAlid.values(),
    ])
      expect({ name, row: row(String(id), `\`${name}\``) }).toEqual({
        name,
        row: expect.any(String) as string,
      });
  });

  it('says what each of them is', () => {
    expect(row('2001', '`ChamberPressure`')).toBe('| 2001 | `ChamberPressure` | F8 | Pa | 0 to 1000 |  |');
    expect(row('2002', '`SlotMap`')).toContain('| U1\\[n\\] |');
    expect(row('101', '`Temperature`')).toBe(
      '| 101 | `Temperature` | F4 | degC | 0 to 400 | 20 | Not changed while LOCAL and processing. |',
    );
    expect(row('102', '`Mode`')).toContain('| normal, test | normal |');
    expect(row('100', '`WaferStarted`')).toBe('| 100 | `WaferStarted` | `WaferId`, `Slot` |  |  |');
    expect(row('2', '`DoorOpen`')).toBe(
      '| 2 | `DoorOpen` | `Door open` | 1: personal safety | 501 | 502 |  |',
    );
    expect(row('`PURGE`', '`Seconds`')).toBe('| `PURGE` | `Seconds` | U2 | required | 1 to 600 |  |');
    expect(row('`LOAD`', 'refused')).toBe('| `LOAD` | refused |  |  |');
    expect(row('`ETCH`')).toBe('| `ETCH` | seconds (U2) |  |');
  });
});

/** An entry whose every text tries to be markup. */
const NASTY =
  'a|b `c` <img src=x onerror=alert(1)> "q" \'r\' [x](javascript:1) **b**\n# h\r\n```\n</script>&amp;\u2028';
const nasty = {
  model: 'A|B`<b>',
  softwareRevision: '1.0',
  description: NASTY,
  variables: {
    'x|`<i>': {
      id: 5001,
      format: 'A',
      units: 'a|b',
      description: NASTY,
      initial: NASTY.replace('\u2028', ''),
    },
  },
  events: { Ev: { id: 100, values: ['x|`<i>'], description: NASTY } },
  alarms: { Al: { id: 1, text: 'a|b `c` <img onerror=1>', category: 70, description: NASTY } },
  commands: {
    START: { parameters: { 'P|<b>': { format: 'A', description: NASTY } } },
    STOP: { description: NASTY },
  },
  states: {
    states: { 'I"D]|<b>\n`': 0, RUN: 1 },
    initial: 'I"D]|<b>\n`',
    processing: ['RUN'],
    transitions: [{ number: 1, from: 'I"D]|<b>\n`', to: 'RUN', trigger: 'go: "x" --> [*] ```' }],
  },
} as const satisfies EquipmentDefinition;

/** A tool without anything, and others with more and more. */
const models: readonly (readonly [string, EquipmentDefinition])[] = [
  ['bare', { model: 'B', softwareRevision: '1', trace: false, terminals: false, material: false }],
  ['with everything', etcherDefinition],
  [
    'with text for ids',
    { model: 'B', softwareRevision: '1', idFormats: { RPTID: 'A', TRID: 'A', DATAID: 'A' }, spool: {} },
  ],
  [
    'with small ids and binary PPIDs',
    { ...etcherDefinition, idFormats: 'U8', processPrograms: { idFormat: 'B', formatted: {} } },
  ],
  [
    'without the entries of E30',
    { model: 'B', softwareRevision: '1', ids: { TimeFormat: false, Clock: false, ControlState: false } },
  ],
  ['with its own commands', { ...without(etcherDefinition, 'commands'), commands: { START: {}, STOP: {} } }],
  [
    'with a report from the start',
    {
      model: 'B',
      softwareRevision: '1',
      variables: {
        Pressure: { id: 2001, format: 'F8', initial: 1 },
        Lot: { id: 2002, format: 'A', class: 'DV' },
      },
      events: { Done: { id: 100, values: ['Pressure', 'Lot'] } },
      reports: { Summary: { id: 7, values: ['Pressure', 'Lot'], events: ['Done'] } },
      alarms: { Leak: { id: 1, text: 'Leak', category: 'attention' } },
    },
  ],
  ['hostile', nasty],
];

describe.each(models)('the messages of an equipment %s', (_name, definition) => {
  const model = defineEquipment(definition);

  it('are those that it serves when it runs', () => {
    const connection = new HsmsPassiveConnection('', 5000, 0, undefined, createTestNetwork().options);
    const session = new HsmsSession(connection, { entity: 'equipment' });
    const { handlers } = new Runtime(session, model, { store: memoryStore() });
    expect([...servedMessages(model)].sort()).toEqual([...handlers.keys()].sort());
  });

  const blocks = [...interfaceManual(model).matchAll(/^(`{3,})sml\n([^]*?)\n\1$/gm)].map(([, , text = '']) =>
    parseMessages(text).map(({ message }) => message),
  );

  it('have examples that the catalogue reads strictly', () => {
    expect(blocks.length).toBeGreaterThan(servedMessages(model).length);
    for (const message of blocks.flat())
      expect(() =>
        catalogue.get(message.stream, message.function)?.read(message, { strict: true }),
      ).not.toThrow();
  });

  it('have the replies of the catalogue, and W bits', () => {
    for (const [primary, reply] of blocks) {
      expect(primary?.wBit).toBe(true);
      expect(reply?.name).toBe(`S${primary?.stream}F${(primary?.function ?? 0) + 1}`);
    }
  });
});

it('has the reports that are defined from the start, and the values of others that an event sends', () => {
  const found = models.find(([name]) => name === 'with a report from the start')?.[1];
  const lines = found === undefined ? [] : interfaceManual(defineEquipment(found)).split('\n');
  expect(lines).toContain('| 7 | `Summary` | `Pressure`, `Lot` | `Done` |');
  expect(lines).toContain('| 100 | `Done` | `Lot` | `Pressure` |  |');
});

describe('the state models of the manual', () => {
  const diagrams = [...manual.matchAll(/```mermaid\n([^]*?)```/g)].map(([, text = '']) => text);

  it('are the tables by which the equipment runs', () => {
    expect(diagrams).toHaveLength(4);
    expect(diagrams[0]).toContain('  state "WAIT CRA" as s2\n');
    expect(diagrams[0]).toContain('  [*] --> s0: 1 start\n');
    expect(diagrams[0]).toContain('  s2 --> s4: 9 accepted, 15 host establishes\n');
    expect(diagrams[1]).toContain('  s4 --> s3: 9 operator local\n');
    expect(diagrams[2]).toContain('  s3 --> s4: 6 pause\n');
    expect(diagrams[3]).toContain('  s1 --> s3: 5 transmit\n');
    expect(row('10', 'REMOTE')).toBe('| 10 | REMOTE | host offline | HOST OFF-LINE | OFLACK 0, CE OFFLINE |');
    expect(row('4', 'EXECUTING')).toBe(
      '| 4 | EXECUTING | complete | IDLE | CE ProcessingStateChange, CE ProcessingCompleted |',
    );
  });

  it('are drawn in HTML', () => {
    const html = interfaceManual(etcher, { format: 'html' });
    expect(html.match(/<svg /g)).toHaveLength(4);
    expect(html).toContain('>9 accepted, 15 host establishes</text>');
    expect(html).not.toMatch(/<script|<link|src=|href=|url\((?!#)|@import/);
  });
});

describe('text of a model', () => {
  const model = defineEquipment(nasty);

  it('is never markup in HTML', () => {
    for (const html of [
      interfaceManual(model, { format: 'html' }),
      complianceStatement(model, { format: 'html' }),
    ]) {
      const tags = new Set([...html.matchAll(/<\/?([a-z]+\d?)/gi)].map(([, tag = '']) => tag.toLowerCase()));
      const known =
        'html head meta title style body h1 h2 h3 p ul li table thead tbody tr th td code pre svg defs marker path rect text';
      for (const tag of tags) expect(known.split(' ')).toContain(tag);
      expect(html).not.toMatch(/<[^>]*onerror/);
      expect(html).not.toContain('<b>');
    }
  });

  it('is never markup in Markdown, nor the end of a cell or of a block', () => {
    const lines = interfaceManual(model).split('\n');
    let fence = '';
    let columns = 0;
    for (const line of lines) {
      const mark = /^(`{3,})/.exec(line)?.[1];
      if (mark !== undefined && (fence === '' || line === fence)) fence = fence === '' ? mark : '';
      if (fence !== '' || mark !== undefined) continue;
      const outside = line.replace(/(`+)(?!`)[^]*?[^`]\1(?!`)/g, '');
      expect(outside).not.toMatch(/<[a-z/]/i);
      expect(outside).not.toMatch(/[^\\]`/);
      const cells = line.startsWith('|') ? line.replace(/\\\||\\\\/g, '').split('|').length : 0;
      if (columns > 0 && cells > 0) expect({ line, cells }).toEqual({ line, cells: columns });
      columns = cells;
    }
    expect(fence).toBe('');
    expect(lines.filter((line) => line.startsWith('# '))).toHaveLength(1);
  });

  it('is one label in a diagram', () => {
    const [, , own = ''] = [...interfaceManual(model).matchAll(/```mermaid\n([^]*?)```/g)].map(
      ([, text = '']) => text,
    );
    expect(own).toBe(
      'stateDiagram-v2\n' +
        '  state "I#34;D#93;#124;#60;b#62; #96;" as s0\n  state "RUN" as s1\n' +
        '  [*] --> s0: start\n  s0 --> s1: 1 go#58; #34;x#34; --#62; #91;#42;#93; #96;#96;#96;\n',
    );
  });
});
