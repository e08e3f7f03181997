import * as e5 from '../../../e5/index.js';
import { A, B, U4, type SecsMessage } from '../../../secs2/index.js';
import type { EquipmentModel } from '../../model/equipment-model.js';
import { code, heading, paragraph, table, type Block } from '../blocks.js';
import { Samples, valueOfShape } from './samples.js';

/** A message of the equipment, and how an example of it and of its reply is made. */
interface MessageRow {
  readonly name: string;
  readonly when: (model: EquipmentModel) => boolean;
  /** The primary, and the reply to it where there is one. */
  readonly example: (samples: Samples) => readonly SecsMessage[];
}

type Examples = Readonly<Record<string, (samples: Samples) => readonly SecsMessage[]>>;

const group = (when: MessageRow['when'], examples: Examples): readonly MessageRow[] =>
  Object.entries(examples).map(([name, example]) => ({ name, when, example }));

const identity = ({ model }: Samples): { mdln: string; softrev: string } => ({
  mdln: model.model,
  softrev: model.softwareRevision,
});
const alcd = ({ alarm }: Samples, set: boolean): number => (alarm?.category ?? 0) + (set ? 128 : 0);
const ppid = ({ model }: Samples) => (model.processPrograms?.idFormat === 'B' ? B(0x50, 0x31) : A('P1'));
const params = ({ command }: Samples) =>
  [...(command?.parameters ?? [])].map(([cpname, shape]) => ({
    cpname,
    cpval: valueOfShape(shape, shape.min),
  }));

const ids = (
  entries: readonly {
    readonly idItem: ReturnType<typeof U4> | ReturnType<typeof A> | Samples['svs'][number]['idItem'];
  }[],
) => entries.map(({ idItem }) => idItem);

const reports = (s: Samples) => [{ rptid: s.id('RPTID'), vs: s.reported.map((one) => s.value(one)) }];
const annotated = (s: Samples) => [
  { rptid: s.id('RPTID'), values: s.reported.map((one) => ({ vid: one.idItem, v: s.value(one) })) },
];
const ceid = (s: Samples) => s.event?.idItem ?? s.id('CEID');
const alid = (s: Samples) => s.alarm?.idItem ?? s.id('ALID');
const alarmEntry = (s: Samples) => ({ alcd: alcd(s, false), alid: alid(s), altx: s.alarm?.text ?? '' });
const dataId = (s: Samples) => (s.model.idFormats.DATAID === 'A' ? A('0') : s.id('DATAID', 0));

const ALWAYS: Examples = {
  S1F1: (s) => [e5.S1F1.build(), e5.S1F2.build(identity(s))],
  S1F3: (s) => [e5.S1F3.build(ids(s.svs)), e5.S1F4.build(s.svs.map((sv) => s.value(sv)))],
  S1F11: (s) => [
    e5.S1F11.build(ids(s.svs)),
    e5.S1F12.build(s.svs.map(({ idItem, name, units }) => ({ svid: idItem, svname: name, units }))),
  ],
  S1F13: (s) => [e5.S1F13.build(), e5.S1F14.build({ commack: 0, model: identity(s) })],
  S1F15: () => [e5.S1F15.build(), e5.S1F16.build(0)],
  S1F17: () => [e5.S1F17.build(), e5.S1F18.build(0)],
  S1F21: (s) => [
    e5.S1F21.build(ids(s.dvs)),
    e5.S1F22.build(s.dvs.map(({ idItem, name, units }) => ({ vid: idItem, dvvalname: name, units }))),
  ],
  S1F23: (s) => [
    e5.S1F23.build([ceid(s)]),
    e5.S1F24.build([{ ceid: ceid(s), cename: s.event?.name ?? '', vids: ids(s.event?.values ?? []) }]),
  ],
  S2F13: (s) => [e5.S2F13.build(ids(s.constants)), e5.S2F14.build(s.constants.map((one) => one.default))],
  S2F15: (s) => [
    e5.S2F15.build(s.constants.slice(0, 1).map((one) => ({ ecid: one.idItem, ecv: one.default }))),
    e5.S2F16.build(0),
  ],
  S2F17: (s) => [e5.S2F17.build(), e5.S2F18.build(s.time)],
  S2F25: () => [e5.S2F25.build(B(1, 2, 3)), e5.S2F26.build(B(1, 2, 3))],
  S2F29: (s) => [
    e5.S2F29.build(ids(s.constants)),
    e5.S2F30.build(
      s.constants.map((one) => ({
        ...{ ecid: one.idItem, ecname: one.name, units: one.units, ecdef: one.default },
        ...{ ecmin: bound(one, one.min), ecmax: bound(one, one.max) },
      })),
    ),
  ],
  S2F31: (s) => [e5.S2F31.build(s.time), e5.S2F32.build(0)],
  S2F33: (s) => [
    e5.S2F33.build({ dataId: dataId(s), reports: [{ rptid: s.id('RPTID'), vids: ids(s.reported) }] }),
    e5.S2F34.build(0),
  ],
  S2F35: (s) => [
    e5.S2F35.build({ dataId: dataId(s), events: [{ ceid: ceid(s), rptids: [s.id('RPTID')] }] }),
    e5.S2F36.build(0),
  ],
  S2F37: (s) => [e5.S2F37.build({ ceed: true, ceids: [ceid(s)] }), e5.S2F38.build(0)],
  S2F39: (s) => [e5.S2F39.build({ dataId: dataId(s), dataLength: 2000 }), e5.S2F40.build(0)],
  S6F15: (s) => [
    e5.S6F15.build(ceid(s)),
    e5.S6F16.build({ dataId: dataId(s), ceid: ceid(s), reports: reports(s) }),
  ],
  S6F17: (s) => [
    e5.S6F17.build(ceid(s)),
    e5.S6F18.build({ dataId: dataId(s), ceid: ceid(s), reports: annotated(s) }),
  ],
  S6F19: (s) => [e5.S6F19.build(s.id('RPTID')), e5.S6F20.build(reports(s)[0]?.vs ?? [])],
  S6F21: (s) => [e5.S6F21.build(s.id('RPTID')), e5.S6F22.build(annotated(s)[0]?.values ?? [])],
};

/** A bound as the equipment sends it: in the format of the constant, or empty text where it has none. */
const bound = ({ shape }: Samples['constants'][number], value: number | undefined) =>
  value === undefined ? A('') : valueOfShape({ format: shape.format, values: [value] });

const ALARMS: Examples = {
  S5F3: (s) => [e5.S5F3.build({ aled: 128, alid: alid(s) }), e5.S5F4.build(0)],
  S5F5: (s) => [e5.S5F5.build(alid(s)), e5.S5F6.build([alarmEntry(s)])],
  S5F7: (s) => [e5.S5F7.build(), e5.S5F8.build([alarmEntry(s)])],
};

const COMMANDS: Examples = {
  S2F21: (s) => [e5.S2F21.build(s.command?.name ?? ''), e5.S2F22.build(0)],
  S2F41: (s) => [
    e5.S2F41.build({ rcmd: s.command?.name ?? '', params: params(s) }),
    e5.S2F42.build({ hcack: s.command?.completion === undefined ? 0 : 4, params: [] }),
  ],
  S2F49: (s) => [
    e5.S2F49.build({
      ...{ dataId: dataId(s), objSpec: '', rcmd: s.command?.name ?? '' },
      params: params(s).map(({ cpname, cpval }) => ({ cpname, cepval: cpval })),
    }),
    e5.S2F50.build({ hcack: s.command?.completion === undefined ? 0 : 4, params: [] }),
  ],
};

const TRACE: Examples = {
  S2F23: (s) => [
    e5.S2F23.build({ trid: s.id('TRID'), dsper: '000001', totsmp: 60, repgsz: 10, svids: ids(s.svs) }),
    e5.S2F24.build(0),
  ],
};

const LIMITS: Examples = {
  S2F45: (s) => [
    e5.S2F45.build({
      dataId: dataId(s),
      variables: [{ vid: limitedId(s), limits: [{ limitId: 1, band: bandOf(s) }] }],
    }),
    e5.S2F46.build({ vlaack: 0, variables: [] }),
  ],
  S2F47: (s) => [
    e5.S2F47.build([limitedId(s)]),
    e5.S2F48.build([
      {
        vid: limitedId(s),
        attributes: {
          ...{ units: s.limited?.units ?? '', limitMin: bandOf(s).lowerDb, limitMax: bandOf(s).upperDb },
          limits: [{ limitId: 1, ...bandOf(s) }],
        },
      },
    ]),
  ],
};

const limitedId = (s: Samples) => s.limited?.idItem ?? s.id('VID');

function bandOf({ limited }: Samples) {
  const format = limited?.shape.format ?? 'U4';
  const value = (one: number | undefined) => valueOfShape({ format, values: [one ?? 0] });
  return { upperDb: value(limited?.limits?.max), lowerDb: value(limited?.limits?.min) };
}

const TERMINALS: Examples = {
  S10F3: () => [e5.S10F3.build({ tid: 0, text: 'Lot 7 is next' }), e5.S10F4.build(0)],
  S10F5: () => [e5.S10F5.build({ tid: 0, texts: ['Lot 7 is next', 'Check the chuck'] }), e5.S10F6.build(0)],
  S10F9: () => [e5.S10F9.build('Evacuate'), e5.S10F10.build(0)],
};

const SPOOL: Examples = {
  S2F43: () => [e5.S2F43.build([{ strid: 6, fcnids: [11] }]), e5.S2F44.build({ rspack: 0, streams: [] })],
  S6F23: () => [e5.S6F23.build(0), e5.S6F24.build(0)],
};

const PROGRAMS: Examples = {
  S7F1: (s) => [e5.S7F1.build({ ppid: ppid(s), length: 4 }), e5.S7F2.build(0)],
  S7F3: (s) => [e5.S7F3.build({ ppid: ppid(s), ppBody: A('BODY') }), e5.S7F4.build(0)],
  S7F5: (s) => [e5.S7F5.build(ppid(s)), e5.S7F6.build({ ppid: ppid(s), ppBody: A('BODY') })],
  S7F17: (s) => [e5.S7F17.build([ppid(s)]), e5.S7F18.build(0)],
  S7F19: (s) => [e5.S7F19.build(), e5.S7F20.build([ppid(s)])],
};

/** A formatted process program of the first command. */
function formatted(s: Samples) {
  const [entry] = Object.entries(s.model.processPrograms?.formatted ?? {});
  const pparms = (entry?.[1].parameters ?? []).map((shape) => valueOfShape(shape, shape.min));
  return { ppid: ppid(s), ...identity(s), commands: [{ ccode: entry?.[0] ?? '', pparms }] };
}

const FORMATTED: Examples = {
  S7F23: (s) => [e5.S7F23.build(formatted(s)), e5.S7F24.build(0)],
  S7F25: (s) => [e5.S7F25.build(ppid(s)), e5.S7F26.build(formatted(s))],
};

const HANDLE = U4(1);

const LARGE: Examples = {
  S7F37: () => [e5.S7F37.build('P1'), e5.S7F38.build(0)],
  S7F39: () => [e5.S7F39.build('P1'), e5.S7F40.build(0)],
  S7F41: () => [e5.S7F41.build('P1'), e5.S7F42.build(0)],
  S7F43: () => [e5.S7F43.build('P1'), e5.S7F44.build(0)],
  S13F3: () => [
    e5.S13F3.build({ handle: HANDLE, dsname: 'P1', ckpnt: 0 }),
    e5.S13F4.build({ handle: HANDLE, dsname: 'P1', ackc13: 0, rtype: 0, reclen: 4 }),
  ],
  S13F5: () => [
    e5.S13F5.build({ handle: HANDLE, readln: 4 }),
    e5.S13F6.build({ handle: HANDLE, ackc13: 0, ckpnt: 4, filDat: [B(1, 2, 3, 4)] }),
  ],
  S13F7: () => [e5.S13F7.build({ handle: HANDLE }), e5.S13F8.build({ handle: HANDLE, ackc13: 0 })],
  S13F9: () => [e5.S13F9.build(), e5.S13F10.build()],
};

/** The messages of the host that an equipment serves. A spec holds this to what runs. */
const SERVED: readonly MessageRow[] = [
  ...group(() => true, ALWAYS),
  ...group(({ capabilities }) => capabilities.has('alarms'), ALARMS),
  ...group(({ capabilities }) => capabilities.has('commands'), COMMANDS),
  ...group(({ capabilities }) => capabilities.has('trace'), TRACE),
  ...group(({ capabilities }) => capabilities.has('limits'), LIMITS),
  ...group(({ capabilities }) => capabilities.has('terminals'), TERMINALS),
  ...group(({ spool }) => spool !== undefined, SPOOL),
  ...group(({ processPrograms }) => processPrograms !== undefined, PROGRAMS),
  ...group(({ processPrograms }) => processPrograms?.formatted !== undefined, FORMATTED),
  ...group(({ processPrograms }) => processPrograms?.large === true, LARGE),
];

const SENT: readonly MessageRow[] = [
  ...group(() => true, {
    S1F1: () => [e5.S1F1.build(), e5.S1F2.build()],
    S1F13: (s) => [e5.S1F13.build(identity(s)), e5.S1F14.build({ commack: 0 })],
    S6F5: (s) => [e5.S6F5.build({ dataId: dataId(s), dataLength: 2000 }), e5.S6F6.build(0)],
    S6F11: (s) => [
      e5.S6F11.build({ dataId: dataId(s), ceid: ceid(s), reports: reports(s) }),
      e5.S6F12.build(0),
    ],
    S6F13: (s) => [
      e5.S6F13.build({ dataId: dataId(s), ceid: ceid(s), reports: annotated(s) }),
      e5.S6F14.build(0),
    ],
  }),
  ...group(({ capabilities }) => capabilities.has('alarms'), {
    S5F1: (s) => [e5.S5F1.build({ ...alarmEntry(s), alcd: alcd(s, true) }), e5.S5F2.build(0)],
  }),
  ...group(({ capabilities }) => capabilities.has('trace'), {
    S6F1: (s) => [
      e5.S6F1.build({ trid: s.id('TRID'), smpln: 1, stime: s.time, svs: s.svs.map((sv) => s.value(sv)) }),
      e5.S6F2.build(0),
    ],
  }),
  ...group(({ capabilities }) => capabilities.has('terminals'), {
    S10F1: () => [e5.S10F1.build({ tid: 0, text: 'Lot 7 is done' }), e5.S10F2.build(0)],
  }),
  ...group(({ processPrograms }) => processPrograms !== undefined, {
    S7F1: PROGRAMS['S7F1'] ?? (() => []),
    S7F3: PROGRAMS['S7F3'] ?? (() => []),
    S7F5: PROGRAMS['S7F5'] ?? (() => []),
  }),
  ...group(({ processPrograms }) => processPrograms?.formatted !== undefined, {
    S7F27: (s) => [
      e5.S7F27.build({ ppid: ppid(s), findings: [{ ackc7a: 0, seqnum: 0, errw7: '' }] }),
      e5.S7F28.build(),
    ],
  }),
];

/** The names of the primary messages that an equipment of a model serves. */
export const servedMessages = (model: EquipmentModel): readonly string[] =>
  SERVED.filter(({ when }) => when(model)).map(({ name }) => name);

/** The messages that are served and sent, with an example of each. */
export function messageBlocks(model: EquipmentModel): readonly Block[] {
  const samples = new Samples(model);
  const has = ({ when }: MessageRow): boolean => when(model);
  return [
    heading(2, 'Messages that the equipment serves'),
    paragraph(
      'Any other stream is answered by S9F3, any other function by S9F5, a body of another shape by S9F7.',
    ),
    ...section(SERVED.filter(has), samples),
    heading(2, 'Messages that the equipment sends'),
    paragraph('Besides these, S9F1 to S9F13 report errors.'),
    ...section(SENT.filter(has), samples),
  ];
}

function section(rows: readonly MessageRow[], samples: Samples): readonly Block[] {
  const sorted = [...rows].sort((a, b) => order(a.name) - order(b.name));
  const titles = sorted.map(({ name }) => [code(name), titleOf(name), replyOf(name)]);
  return [
    table(['Message', 'Name', 'Reply'], titles),
    ...sorted.flatMap(({ name, example }): readonly Block[] => [
      heading(3, `${name} ${titleOf(name)}`),
      {
        kind: 'sml',
        text: example(samples)
          .map((one) => e5.printMessage(one, STYLE))
          .join('\n'),
      },
    ]),
  ];
}

const STYLE = { names: true, counts: 'never' } as const;

const definitionOf = (name: string): e5.AnyDefinition | undefined => {
  const [, stream, fn] = /^S(\d+)F(\d+)$/.exec(name) ?? [];
  return e5.catalogue.get(Number(stream), Number(fn));
};
const order = (name: string): number => {
  const { stream = 0, function: fn = 0 } = definitionOf(name) ?? {};
  return stream * 256 + fn;
};
const titleOf = (name: string): string => definitionOf(name)?.title ?? '';
const replyOf = (name: string) =>
  code((definitionOf(name)?.reply as e5.AnyDefinition | undefined)?.name ?? '');
