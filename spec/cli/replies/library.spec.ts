import { ReplyRules } from '../../../src/cli/replies/rules';
import { A, L, printMessage, S, U4, type SecsMessage } from '../../../src/secs2';

const context = (primary: SecsMessage): Parameters<ReplyRules['answer']>[0] => ({
  primary,
  now: new Date(2026, 0, 2),
  count: () => 7,
});
const print = (message: SecsMessage | undefined): string | undefined =>
  message && printMessage(message, { counts: 'never' }).replace(/\s+/g, ' ');
const answer = (rules: ReplyRules, primary: SecsMessage): string | undefined =>
  print(rules.answer(context(primary)));
const due = (rules: ReplyRules, primary: SecsMessage): string[] =>
  rules.due(primary).map((one) => `${one.seconds} ${one.name}: ${print(one.make(context(primary)))}`);
const rules = (text: string): ReplyRules => new ReplyRules('tool.sml', text);
const event = (id: number): SecsMessage => S(6, 11).w(L(U4(1), U4(id), L()));

describe('a library of messages', () => {
  const library = rules(`
    S1F1: S1F1 W.
    S1F2: S1F2 <L[0]>.
    S1F3_Status(ALL): S1F3 W <L[0]>.
    S1F4: S1F4 <L <A "x">>.
    S2F41_Go: S2F41 W <L <A "GO"> <L>>.
    S2F42_No: S2F42 <L>.
    S2F42_Yes: S2F42 <L <L>>.
    S7F0_Stop: S7F0.
    S5F1: S5F1 W <V>.
    S5F2: S5F2 <B ACKC5>.
  `);

  it('answers by its secondaries, and does not mistake its primaries for what they answer', () => {
    expect(answer(library, S(1, 1).w())).toBe('S1F2 <L>.');
    expect(answer(library, S(1, 3).w(L(U4(9))))).toBe('S1F4 <L <A "x"> >.');
    expect(answer(library, S(7, 1).w())).toBeUndefined();
    expect(library.size).toBe(3);
  });

  it('says where it is in doubt', () => {
    expect(answer(library, S(2, 41).w())).toBe('S2F42 <L>.');
    expect(answer(library, S(5, 1).w())).toBeUndefined();
    expect(library.warnings).toEqual([
      'line 8: S2F41 is answered by line 7, not by S2F42_Yes as well',
      'line 11: S5F2 is a template and cannot be sent: ACKC5 has no value (line 11, column 19): it answers nothing',
    ]);
  });
});

describe('a scenario', () => {
  const scenario = rules(`
    #define CODE 4711
    hello: S1F1 W.
    model: S1F2 <L <A "M-\${counter}"> <A "R-1">>.
    other: S1F2 <L>.
    ack: S6F12 <B 0>.
    busy: S6F12 <B 1>.
    start: S2F41 W <L <A "GO"> <U4 CODE> \${item:1}>.
    if (s1f1) model.
    if (S6F11) ack.
    if (S6F11 (3)==<U4 4711>) start.
    if (S6F11 (3)==<U4 99>) busy.
    if S6F11 wait 5 hello.
    if (S1F3) wait 2 S1F4.
    S1F4 <L>.
    every 10 send hello.
  `);

  it('answers by its statements, those with a condition first', () => {
    expect(answer(scenario, S(1, 1).w())).toBe('S1F2 <L <A "M-7"> <A "R-1"> >.');
    expect(answer(scenario, event(1))).toBe('S6F12 <B 0x00>.');
    expect(answer(scenario, event(99))).toBe('S6F12 <B 0x01>.');
    expect(scenario.warnings).toEqual([]);
  });

  it('sends what it says, at once or later', () => {
    expect(due(scenario, event(4711))).toEqual([
      '0 start: S2F41 W <L <A "GO"> <U4 4711> <U4 4711> >.',
      '5 hello: S1F1 W.',
    ]);
    expect(due(scenario, event(1))).toEqual(['5 hello: S1F1 W.']);
    expect(due(scenario, S(6, 11).w(U4(4711)))).toEqual(['5 hello: S1F1 W.']);
    expect(due(scenario, S(6, 13).w())).toEqual([]);
    expect(scenario.repeated).toMatchObject([{ seconds: 10, name: 'hello' }]);
  });

  it('answers later where it says so', () => {
    expect(scenario.answersLater(S(1, 3).w())).toBe(true);
    expect(scenario.answersLater(S(1, 1).w())).toBe(false);
    expect(answer(scenario, S(1, 3).w())).toBeUndefined();
    expect(due(scenario, S(1, 3).w())).toEqual(['2 S1F4: S1F4 <L>.']);
  });

  it.each<[position: number, matches: boolean]>([
    [1, false],
    [2, false],
    [3, true],
    [5, true],
    [6, false],
    [7, false],
  ])('counts items as they stand in the text: (%d)', (position, matches) => {
    const counted = rules(`a: S1F1 W.\nif (S6F11 (${position})==<A "x">) a.`);
    // 1 the list, 2 a list, 3 x, 4 a list, 5 x, 6 y.
    const primary = S(6, 11).w(L(L(A('x')), L(A('x')), A('y')));
    expect(counted.due(primary)).toHaveLength(matches ? 1 : 0);
  });

  it('warns of statements that do nothing', () => {
    expect(
      rules('a: S1F1 W.\nt: S1F3 W <V>.\na: S1F5 W.\nif (S1F1) S1F2_Big.\nevery 2 send t.\nif (S5F1) a.')
        .warnings,
    ).toEqual([
      'line 4: there is no message "S1F2_Big": this statement does nothing',
      'line 5: S1F3 is a template and cannot be sent: <V> has no value (line 2, column 11): this statement does nothing',
      'line 6: "a" is in line 1 and in line 3: the first is sent',
    ]);
  });

  it.each([
    ['b: S1F2 <L>.\nif (S6F11) b.', 'tool.sml: line 2: S1F2 (b) is no reply to S6F11'],
    ['b: S1F2 <L>.\nif (S1F1 (1)==<U1 300>) b.', 'tool.sml: line 2, column 19: U1 cannot hold 300'],
    ['S1F1 W.\nif (S1F3) x.', 'tool.sml: line 1: S1F1 must be followed by its reply'],
  ])('refuses %j', (text, message) => {
    expect(() => rules(text)).toThrow(message);
  });
});
