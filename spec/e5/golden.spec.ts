import * as e5 from '../../src/e5/index.js';
import { decodeItem, receivedMessage } from '../../src/secs2/index.js';

/** One message of each stream, its values and its bytes. Those of streams that secsgem has are as secsgem writes them. */
const golden: readonly (readonly [e5.AnyDefinition, object, string])[] = [
  [e5.S1F14, { commack: 0, model: { mdln: 'M1', softrev: '1.0' } }, '0102210100010241024d314103312e30'],
  [
    e5.S2F33,
    { dataId: 1, reports: [{ rptid: 7, vids: [1001, 1002] }] },
    '0102b1040000000101010102b104000000070102b104000003e9b104000003ea',
  ],
  [e5.S3F27, { accessMode: 1, ptns: [1, 2] }, '0102a501010102a50101a50102'],
  [e5.S4F1, { ptn: 1, mid: 'W1' }, '0102a5010141025731'],
  [e5.S5F1, { alcd: 130, alid: 17, altx: 'door' }, '0103210182b104000000114104646f6f72'],
  [
    e5.S6F11,
    { dataId: 1, ceid: 2, reports: [{ rptid: 7, vs: [21.5, 'IDLE'] }] },
    '0103b10400000001b1040000000201010102b10400000007010281084035800000000000410449444c45',
  ],
  [e5.S7F3, { ppid: 'R1', ppBody: 'body' }, '0102410252314104626f6479'],
  [e5.S8F2, { bpd: Uint8Array.of(1, 2) }, '21020102'],
  [e5.S9F5, { mhead: Uint8Array.of(0, 1, 130, 17, 0, 0, 0, 0, 0, 5) }, '210a00018211000000000005'],
  [e5.S10F3, { tid: 0, text: 'hello' }, '0102210100410568656c6c6f'],
  [e5.S12F19, { maper: 1, datlc: 3 }, '0102210101a50103'],
  [e5.S13F3, { handle: 1, dsname: 'R1', ckpnt: 0 }, '0103b1040000000141025231b10400000000'],
  [
    e5.S14F1,
    {
      objSpec: '',
      objType: 'Job',
      objIds: [],
      filters: [{ attrId: 'A', attrData: 1, attrReln: 0 }],
      attrIds: ['B'],
    },
    '0105410041034a6f62010001010103410141b10400000001a501000101410142',
  ],
  [e5.S15F17, { rcpSpec: 'R', rcpSecCode: 1 }, '0102410152210101'],
  [e5.S16F27, { ctlJobId: 'C1', ctlJobCmd: 1, param: undefined }, '010341024331a501010100'],
  [e5.S17F3, { rptids: [1] }, '0101b10400000001'],
  [
    e5.S18F13,
    { targetId: '01', sscmd: 'ChangeState', cpvals: ['x'] },
    '010341023031410b4368616e676553746174650101410178',
  ],
  [e5.S19F11, { tcid: '' }, '4100'],
  [
    e5.S20F5,
    { objId: 'O', objType: 'T', opeType: 1, rmsUserId: 'u', rmsPwd: 'p', eqUserId: 'e', opeid: '1' },
    '010741014f410154a50101410175410170410165410131',
  ],
  [e5.S21F5, { itemType: 'T', itemId: 'I' }, '0102410154410149'],
];

it.each(golden)('writes and reads the bytes of %#', (definition, values, hex) => {
  const built = definition.build(values);
  expect({ name: definition.name, hex: built.body.toString('hex') }).toEqual({ name: definition.name, hex });
  const bytes = Buffer.from(hex, 'hex');
  expect(decodeItem(bytes).byteLength).toBe(bytes.length);
  const received = receivedMessage(definition.stream, definition.function, built.wBit, bytes);
  expect(definition.read(received, { strict: true })).toEqual(values);
});

it('has one of every stream', () => {
  const streams = new Set([...e5.catalogue].map(({ stream }) => stream));
  expect(new Set(golden.map(([{ stream }]) => stream))).toEqual(streams);
});
