import { nameHint, nearestName } from '../src/nearest-name';

const COMMANDS = ['START', 'STOP', 'PP-SELECT', 'ABORT'];

describe('the name that was meant', () => {
  it.each([
    ['STRAT', 'START'], // two letters swapped
    ['TSOP', 'STOP'],
    ['ABROT', 'ABORT'],
    ['STAR', 'START'], // one left out
    ['STARTT', 'START'], // one too many
    ['STERT', 'START'], // one changed
    ['ppselect', 'PP-SELECT'], // another case, without what is no letter
    ['PPSEL', 'PP-SELECT'], // its beginning
  ])('%s: %s', (given, meant) => {
    expect(nearestName(given, COMMANDS)).toBe(meant);
  });

  it.each(['PAUSE', 'RESUME', '', 'x'.repeat(61)])('%j: none', (given) => {
    expect(nearestName(given, COMMANDS)).toBeUndefined();
  });
});

describe('what an error says of a name', () => {
  it('names the nearest, or all that there are, but not hundreds', () => {
    expect(nameHint('STRAT', COMMANDS)).toBe(': did you mean START?');
    expect(nameHint('PAUSE', COMMANDS)).toBe(': it has START, STOP, PP-SELECT, ABORT');
    expect(nameHint('PAUSE', [])).toBe(': it has none');
    const many = Array.from({ length: 25 }, (_, i) => `Value${i}`);
    expect(nameHint('Other', many)).toMatch(/^: it has Value0, .*Value19 and 5 more$/);
  });
});
