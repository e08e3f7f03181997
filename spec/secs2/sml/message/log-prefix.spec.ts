import { parseMessages } from '../../../../src/secs2/sml/parse.js';
import type { SmlWarning } from '../../../../src/secs2/sml/parse-options.js';

describe('lines of a log', () => {
  it.each<[text: string, expected: object]>([
    [
      '2026-01-02 03:04:05,678 [12] INFO  Secs.Logger - <-- [0x0000000A] S1F1 W',
      { time: '2026-01-02 03:04:05,678', direction: '<--', systemBytes: 10 },
    ],
    ["--> [0x01020304] 'S1F13'W", { direction: '-->', systemBytes: 0x01020304, time: undefined }],
    ["<-- [17] Hello: 'S1F1' W", { direction: '<--', systemBytes: 17, name: 'Hello' }],
    ['[0x0000000B] S1F1 W', { systemBytes: 11 }],
    [
      '2026/01/02T03:04:05.6Z >> SystemBytes=7 S1F1 W.',
      { time: '2026/01/02T03:04:05.6Z', direction: '>>', systemBytes: 7 },
    ],
    ['SEND S1F1 W.', { direction: 'SEND', time: undefined }],
    ['[RX]  S1F1 W', { direction: 'RX' }],
    ['31.12.2026 23:04:05,6 TX S1F1 W', { direction: 'TX', time: '31.12.2026 23:04:05,6' }],
    ['1/2/2026 3:04:05 PM RECV S1F1 W', { direction: 'RECV', time: '1/2/2026 3:04:05' }],
    ['Jan  2 03:04:05 host secs[7]: SEND S1F1 W', { direction: 'SEND', time: 'Jan  2 03:04:05' }],
    ['03:04:05 Recv: S1F1 W.', { time: '03:04:05', direction: 'Recv', name: undefined }],
    [
      '[2026.1.2 3:04:05] [TX] S1F1 W, Title [SystemByte = 9]',
      { time: '2026.1.2 3:04:05', direction: 'TX', systemBytes: 9, name: 'Title' },
    ],
    ['[INFO] 2026-01-02 03:04:05 SENT S1F1 W', { time: '2026-01-02 03:04:05', direction: 'SENT' }],
    [
      '@2026/01/02 03:04:05.678^INFO^SECS_II^SEND\n\nS1F1 W',
      { time: '2026/01/02 03:04:05.678', direction: 'SEND', line: 3 },
    ],
  ])('%j', (text, expected) => {
    expect(parseMessages(text)).toMatchObject([{ message: { stream: 1 }, ...expected }]);
    const twice = parseMessages(`S6F12 <B 0>\n${text}\n${text}`);
    expect(twice).toHaveLength(3);
    expect(twice[0]).toMatchObject({ time: undefined, direction: undefined });
  });

  it('begin with arrows of several kinds', () => {
    const text = '-> S1F1 W\n<- S1F2 <L[0]>\n=> [1] S1F3 W <L>\n<= [1] S1F4 <L>\n>> S1F5 W\n<< S1F6';
    const arrows = parseMessages(text).map(({ message, direction }) => `${direction} ${message.name}`);
    expect(arrows).toEqual(['-> S1F1', '<- S1F2', '=> S1F3', '<= S1F4', '>> S1F5', '<< S1F6']);
  });

  it('follow a message that ends with its system bytes', () => {
    const text =
      '12:33:46.001 [INFO] Send S1F1 W SystemBytes=3\n12:33:46.002 [INFO] Recv S1F2 SystemBytes=3 <L>';
    expect(parseMessages(text)).toMatchObject([
      { time: '12:33:46.001', direction: 'Send', systemBytes: 3 },
      { time: '12:33:46.002', direction: 'Recv', systemBytes: 3, message: { function: 2 } },
    ]);
  });

  it('without a message are passed over with a warning', () => {
    const warnings: SmlWarning[] = [];
    const onWarning = (warning: SmlWarning): void => void warnings.push(warning);
    const text = 'S1F1 W.\n2026-01-02 03:04:05 INFO link lost: S1F99x\n  03:04:06 RECV S1F3 W.';
    expect(parseMessages(text, { onWarning }).map(({ message }) => message.name)).toEqual(['S1F1', 'S1F3']);
    expect(warnings).toMatchObject([{ code: 'log', line: 2, column: 1 }]);
  });

  it.each([
    ['03:04:05 S1F3 W\n03:04:05 <L[1]\n03:04:05 <U4 7>\n03:04:05 >.', /line 2, column 10/],
    [
      '2026-01-02 03:04:05,1 [7] INFO Secs - S1F3 W\n2026-01-02 03:04:05,1 [7] INFO Secs - <A "x">.',
      /line 2, column 39/,
    ],
    ['S1F3 W\n[03:04:05] <LIST', /line 2, column 12/],
    ['--> S1F3 W\n--> <L[1] <U4 7>>.', /line 2, column 5/],
    ['<-- [17] S1F3 W\n<-- [17] <L[1] <U4 7>>.', /line 2, column 10/],
    ['[INFO] S1F3 W\n[INFO] <L[1]', /line 2, column 8/],
  ])('do not swallow the items of a message: %j', (text, place) => {
    expect(() => parseMessages(text)).toThrow('this line of a log has a part of a message');
    expect(() => parseMessages(text)).toThrow(place);
  });

  it('may show an item where no message waits for one', () => {
    const text = 'S1F1 W.\n03:04:05 INFO set <U4 7>\nS1F3 W <L>.\n03:04:05 INFO set <U4 7>';
    expect(parseMessages(text)).toHaveLength(2);
  });

  it.each(['12 S1F1', '[x] S1F1', '2026 S1F1', '- S1F1', '< S1F3x'])('are not %s', (text) => {
    expect(() => parseMessages(text)).toThrow(/line 1/);
  });
});
