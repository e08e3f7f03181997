import { parseMessages } from '../../../../src/secs2/sml/parse.js';

describe('#define', () => {
  it.each([
    ['#define N 3'],
    ['#DEFINE N 3'],
    ['# define N 3'],
    ['#define\tN\t3\r'],
    ['#define N 3;'],
    ['#define N (3)'],
    ['#define N ( 3 ); // as in C'],
    ['#define GUARD\n#define N 3'],
    ['#define N M\n#define M (3)'],
  ])('%j', (text) => {
    const [message] = parseMessages(`${text}\nS1F3 W <U1 N>.`);
    expect(message?.message.toJSON()).toMatchObject({ item: { U1: [3] } });
    expect(() => parseMessages(`${text}\nS1F3 W <U1[N] 1 2 3>.`, { strict: true })).not.toThrow();
  });

  it.each([
    ['#define S "a;b"', 'a;b'],
    ["#define S '(x)';", '(x)'],
    ['#define S (x);', 'x'],
  ])('%s, of text', (text, value) => {
    expect(parseMessages(`${text}\nS1F3 W <A S>.`)[0]?.message.toJSON()).toMatchObject({
      item: { A: value },
    });
  });

  it.each([
    ['#define MAX(a,b) a', /only #define NAME VALUE is read \(line 1, column 1\)/],
    ['#undef N', /only #define NAME VALUE is read/],
    ['#include "x.sml"', /only #define NAME VALUE is read/],
    ['#define N', /"" is not a value of U1/],
    ['#define N 1 + 1', /is not a value of U1/],
    ['#define N N', /is not a value of U1|"N"/],
  ])('%s is none', (text, problem) => {
    expect(() => parseMessages(`${text}\nS1F3 W <U1 N>.`)).toThrow(problem);
  });
});
