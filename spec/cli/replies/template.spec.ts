import { Template, type MacroContext } from '../../../src/cli/replies/template';
import { A, B, BOOLEAN, F4, L, S, U4, type Item } from '../../../src/secs2';

function context(item?: Item): MacroContext {
  const counters = new Map<string, number>();
  return {
    now: new Date(2026, 0, 2, 3, 4, 5, 67),
    count: (name) => {
      counters.set(name, (counters.get(name) ?? 0) + 1);
      return counters.get(name) ?? 0;
    },
    primary: item === undefined ? S(1, 1) : S(1, 1, item),
  };
}

const render = (text: string, item?: Item): string => new Template(text).render(context(item));

const thrown = (fields: object): Error => expect.objectContaining(fields) as Error;

describe('Template', () => {
  it.each([
    ['no macro', 'no macro'],
    ['<A "${now}">', '<A "2026010203040506">'],
    ['${now:16}|${now:14}|${now:12}', '2026010203040506|20260102030405|260102030405'],
    ['${now:iso}', new Date(2026, 0, 2, 3, 4, 5, 67).toISOString()],
    ['${counter} ${counter} ${counter:a} ${counter}', '1 2 1 3'],
    ['costs $${counter}', 'costs ${counter}'],
    ['$ { } $x', '$ { } $x'],
  ])('renders %s', (text, expected) => {
    expect(render(text)).toBe(expected);
  });

  it('renders a different UUID each time', () => {
    const [a, b] = render('${uuid} ${uuid}').split(' ');
    expect(a).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(b).not.toBe(a);
  });

  it.each<[string, Item, string]>([
    ['${item}', L(U4(1), A('x')), '<L[2]\n  <U4[1] 1>\n  <A[1] "x">\n>'],
    ['${item:1}', L(U4(1), A('x')), '<A[1] "x">'],
    ['${item:0.1}', L(L(U4(1), U4(2))), '<U4[1] 2>'],
    ['${value:0}', L(A('say "hi" \\ \'bye\'')), 'say \\"hi\\" \\\\ \\\'bye\\\''],
    ['${value}', U4([1, 2, 3]), '1 2 3'],
    ['${value}', U4([]), ''],
    ['${value}', F4(21.5), '21.5'],
    ['${value}', B([1, 255]), '0x01 0xFF'],
    ['${value}', BOOLEAN(true), 'T'],
  ])('renders %s of the primary', (text, item, expected) => {
    expect(render(text, item)).toBe(expected);
  });

  it.each([
    ['${', 0],
    ['<A ${nows}>', 3],
    ['${now:15}', 0],
    ['ab ${counter:}', 3],
    ['${uuid:4}', 0],
    ['${item:a}', 0],
    ['${value:1.}', 0],
    ['${now', 0],
  ])('refuses %s and says what is allowed', (text, offset) => {
    expect(() => new Template(text)).toThrow(
      thrown({ offset, message: expect.stringContaining('${now}') as unknown }),
    );
  });

  it.each([
    ['x ${item:0}', undefined, /S1F1 has no item/],
    ['x ${item:5}', L(), /./],
    ['x ${value}', L(), /a list has no value/],
  ])('says where a macro without a value stands: %s', (text, item, message) => {
    expect(() => render(text, item)).toThrow(
      thrown({ offset: 2, message: expect.stringMatching(message) as unknown }),
    );
  });

  it('tells where the characters of a sample come from', () => {
    const text = 'ab ${now} cd ${counter} ef';
    const { text: sample, sourceOf } = new Template(text).sample();
    expect(sample).toBe('ab 0 cd 0 ef');
    for (const word of ['ab', 'cd', 'ef']) {
      expect(sourceOf(sample.indexOf(word))).toBe(text.indexOf(word));
    }
    expect(sourceOf(3)).toBe(text.indexOf('${now}'));
    expect(sourceOf(sample.length)).toBe(text.length);
  });

  it('knows which parts have macros', () => {
    const template = new Template('ab ${now} cd');
    expect([template.hasMacros(), template.hasMacros(0, 3), template.hasMacros(3, 4)]).toEqual([
      true,
      false,
      true,
    ]);
  });
});
