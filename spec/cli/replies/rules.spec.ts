import { ReplyRules } from '../../../src/cli/replies/rules';
import { A, B, L, printMessage, S, U4, type SecsMessage } from '../../../src/secs2';

const rules = (text: string): ReplyRules => new ReplyRules('tool.sml', text);

function answer(from: ReplyRules, primary: SecsMessage): string | undefined {
  let count = 0;
  const reply = from.answer({ primary, now: new Date(2026, 0, 2, 3, 4, 5), count: () => ++count });
  return reply && printMessage(reply, { counts: 'never' }).replace(/\s+/g, ' ');
}

const thrown = (fields: object): Error => expect.objectContaining(fields) as Error;

describe('ReplyRules', () => {
  it('answers a primary by the secondary of its stream and the next function', () => {
    const tool = rules('S1F2 <L <A "ETCHER"> <A "1.0.0">>.\n// times\nS2F18 <A "x">.');
    expect(tool.size).toBe(2);
    expect(answer(tool, S(1, 1).w())).toBe('S1F2 <L <A "ETCHER"> <A "1.0.0"> >.');
    expect(answer(tool, S(2, 17).w())).toBe('S2F18 <A "x">.');
    expect(answer(tool, S(1, 3).w())).toBeUndefined();
    expect(answer(tool, S(2, 1).w())).toBeUndefined();
  });

  const commands = rules(`
    S2F42 <B 9>.
    S2F41 W <L <A "START">>.
    S2F42 <B 0>.
    S2F41 W <L <A "STOP">>.  S2F0.
  `);

  it.each([
    [L(A('START')), 'S2F42 <B 0x00>.'],
    [L(A('STOP')), 'S2F0.'],
    [L(A('PAUSE')), 'S2F42 <B 0x09>.'],
    [U4(1), 'S2F42 <B 0x09>.'],
  ])('prefers the reply to the very item: %s', (item, expected) => {
    expect(answer(commands, S(2, 41).w(item))).toBe(expected);
  });

  it('takes a primary without an item for any of its name', () => {
    const tool = rules('S7F1 W. S7F0.');
    expect(answer(tool, S(7, 1).w(L(A('x'))))).toBe('S7F0.');
  });

  it('answers a body that is no item by the general reply', () => {
    const odd = { name: 'S2F41', itemError: new Error('x') } as unknown as SecsMessage;
    expect(answer(commands, odd)).toBe('S2F42 <B 0x09>.');
  });

  it('makes the values of macros anew for each answer', () => {
    const tool = rules('S2F18 <A "${now:12}">.\nS2F30 <L\n  ${item:0}\n  <U4 ${counter}>\n>.');
    expect(answer(tool, S(2, 17).w())).toBe('S2F18 <A "260102030405">.');
    expect(answer(tool, S(2, 29).w(L(B(7))))).toBe('S2F30 <L <B 0x07> <U4 1> >.');
  });

  it.each([
    ['S1F2 <L <A "x>.', /^tool\.sml: line 1, column 12: this text has no end/],
    ['S1F2 <A "${now}"> \n <U1 300>.', /^tool\.sml: line 2, column 2: /],
    ['S1F2 <L <A "${now:16}"> <U1 300>>.', /^tool\.sml: line 1, column 29: U1 cannot hold 300/],
    ['\nS1F2 <A "${tomorrow}">.', /^tool\.sml: line 2, column 10: \$\{tomorrow\} is no macro/],
    ['S1F2.\n\nS1F2 <L>.', /^tool\.sml: line 3: S1F1 is answered by line 1 already/],
    ['S2F41 W <L>. S2F42. S2F41 W <L[0]>. S2F0.', /S2F41 is answered by line 1 already/],
    ['S1F0.', /line 1: S1F0 needs the primary/],
    ['S1F1 W.', /line 1: S1F1 must be followed by its reply, S1F2 or S1F0, not by the end of the file/],
    ['S1F1 W.\nS1F4.', /line 1: S1F1 must be followed by its reply, S1F2 or S1F0, not by S1F4/],
    ['S1F1 W.\nS1F3 W.\nS1F2.', /not by S1F3/],
    ['S1F1 <A "${now}">.\nS1F2.', /line 1: S1F1 is what a reply answers: it can have no macros/],
    ['S1F2 <A "${now}">. S1F4 <A "x">.', /line [12]: S1F4 has macros: .* a line of its own/],
    ['S1F2 <L\n<A "${now}">>. S1F4 <A "x">.', /line [12]: S1F4 has macros: .* a line of its own/],
  ])('refuses %j and says where', (text, expected) => {
    expect(() => rules(text)).toThrow(
      thrown({ exitCode: 2, message: expect.stringMatching(expected) as unknown }),
    );
  });

  it('has no replies where there is no message', () => {
    expect(rules('// later').size).toBe(0);
  });
});
