import { complete } from '../../../src/cli/shell/shell';

describe('complete', () => {
  it.each([
    ['sel', ['select '], 'sel'],
    ['se', ['select ', 'separate ', 'set '], 'se'],
    ['set linktest', ['linktest ', 'linktest-failures '], 'linktest'],
    ['wait s', ['selected '], 's'],
    ['set t3 ', [], ''],
    ['S1F1', [], 'S1F1'],
    ['nonsense x', [], 'x'],
  ])('completes %j', (line, candidates, word) => {
    expect(complete(line)).toEqual([candidates, word]);
  });

  it('offers every command where nothing was typed', () => {
    expect(complete('')[0]).toEqual(expect.arrayContaining(['select ', 'help ', 'quit ', 'wait ']));
  });
});
