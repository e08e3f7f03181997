import fc from 'fast-check';
import { reportLayout, S6F11 } from '../../src/e5/index.js';
import { A, F4, F8, I2, U4, type Item } from '../../src/secs2/index.js';

const layout = reportLayout(1001, [
  { rptid: 7, formats: ['F4', 'A', 'U2'] },
  { rptid: 8, formats: [undefined] },
]);

describe('reportLayout', () => {
  it('builds what S6F11 builds of the same items', () => {
    const built = layout.build(5, [[21.5, 'IDLE', 3], [[1, 'x']]]);
    expect(S6F11.read(built)).toEqual({
      dataId: 5,
      ceid: 1001,
      reports: [
        { rptid: 7, vs: [21.5, 'IDLE', 3] },
        { rptid: 8, vs: [[1, 'x']] },
      ],
    });
    const vs = built.item!.at(2, 0, 1).list.map(({ format }) => format);
    expect(vs).toEqual(['F4', 'A', 'U2']);
    expect(built).toMatchObject({ stream: 6, function: 11, wBit: true });
    expect(layout.build(5, [[F4(1), '', 0], [0]]).item!.at(2, 0, 1, 0).number).toBe(1);
  });

  it('holds to the ids and the code page of a profile', () => {
    const gbk = reportLayout(5, [{ rptid: 1, formats: ['A'] }], { formats: { CEID: 'U2' }, codePage: 'gbk' });
    const built = gbk.build(0, [['中']]);
    expect(built.item!.at(1).format).toBe('U2');
    expect(S6F11.read(built, { codePage: 'gbk' }).reports[0]!.vs).toEqual(['中']);
  });

  it.each<[unknown, string]>([
    [null, 'S6F11 reports must be 2 reports, received null'],
    ['ab', 'S6F11 reports must be 2 reports, received the string "ab"'],
    [[null, [1]], 'S6F11 reports[0].vs must be 3 values, received null'],
    [['abc', [1]], 'S6F11 reports[0].vs must be 3 values, received the string "abc"'],
    [[{ length: 3 }, [1]], 'S6F11 reports[0].vs must be 3 values, received an object'],
    [[[1, null, 1], [1]], 'S6F11 reports[0].vs[1] (V) must be A, received null'],
  ])('refuses what are no values: %j', (values, text) => {
    expect(() => layout.build(0, values as never)).toThrow(text);
  });

  it('builds what S6F11 builds of any values, each of which it reads once', () => {
    const value = fc.oneof(
      fc.record({ format: fc.constant('U4' as const), of: fc.nat(0xffffffff) }),
      fc.record({ format: fc.constant('I2' as const), of: fc.integer({ min: -32768, max: 32767 }) }),
      fc.record({ format: fc.constant('F8' as const), of: fc.double() }),
      fc.record({
        format: fc.constant('A' as const),
        of: fc.oneof(
          fc.string({ unit: 'grapheme-ascii', maxLength: 40 }),
          fc.constantFrom('', 'IDLE', 'CHAMBER-B', 'x'.repeat(16), 'x'.repeat(300)),
        ),
      }),
    );
    const itemOf = { U4, I2, F8, A } as Record<string, (of: never) => Item>;
    fc.assert(
      fc.property(fc.array(value, { maxLength: 30 }), (values) => {
        const one = reportLayout(1001, [{ rptid: 7, formats: values.map(({ format }) => format) }]);
        let read = 0;
        const row = values.map(({ of }) => of);
        values.forEach(({ of }, i) =>
          Object.defineProperty(row, i, {
            get: () => {
              read++;
              return of;
            },
          }),
        );
        const items = values.map(({ format, of }) => itemOf[format]?.(of as never) as Item);
        const expected = S6F11.build({ dataId: 3, ceid: 1001, reports: [{ rptid: 7, vs: items }] });
        expect(one.build(3, [row]).body.equals(expected.body)).toBe(true);
        expect(read).toBe(values.length);
      }),
    );
  });

  it('says that values cannot be read, and where a getter builds another report both are right', () => {
    const row = (read: () => unknown): unknown[] => Object.defineProperty([1, '', 1], 1, { get: read });
    const fails = row(() => {
      throw new Error('gone');
    });
    expect(() => layout.build(0, [fails as never, [1]])).toThrow('S6F11 reports cannot be read: gone');
    let inner: unknown;
    const nested = row(() => {
      inner = S6F11.read(layout.build(8, [[3, 'in', 3], [3]]));
      return 'out';
    });
    const outer = S6F11.read(layout.build(7, [nested as never, [4]]));
    expect([outer.dataId, outer.reports[0]?.vs, outer.reports[1]?.vs]).toEqual([7, [1, 'out', 1], [4]]);
    expect(inner).toMatchObject({ dataId: 8, reports: [{ vs: [3, 'in', 3] }, { vs: [3] }] });
  });

  it.each([
    [
      () => layout.build(5, [[1, 'x', 70_000], [1]]),
      'S6F11 reports[0].vs[2] (V) must be U2 that can carry it, received 70000',
    ],
    [() => layout.build(5, [[1, 'x'], [1]]), 'S6F11 reports[0].vs must be 3 values, received an array of 2'],
    [() => layout.build(5, [[1, 'x', 1]]), 'S6F11 reports must be 2 reports, received an array of 1'],
    [
      () => layout.build(0.5, [[1, 'x', 1], [1]]),
      'S6F11 dataId (DATAID) must be U4, U1, U2, U8, I4, I1, I2, I8 or A that can carry it, received 0.5',
    ],
    [
      () => reportLayout(true as never, []),
      'a report layout (CEID) must be U4, U1, U2, U8, I4, I1, I2, I8 or A, received true',
    ],
    [
      () => reportLayout(1, [{ rptid: 1, formats: ['X' as never] }]),
      'a format of a report must be one of E5, received the string "X"',
    ],
  ])('says what does not fit: %#', (run, text) => {
    expect(run).toThrow(text);
    // What failed leaves nothing behind.
    expect(S6F11.read(layout.build(1, [[1, 'x', 1], [1]])).dataId).toBe(1);
  });
});
