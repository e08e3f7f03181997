import { printable } from '../../../src/cli/output/printable';

describe('printable', () => {
  it.each([
    ['\u001b[31mred', '\\x1b[31mred'],
    ['\u0000\u0007\u007f\u009b', '\\x00\\x07\\x7f\\x9b'],
    ['a\u202eb\u200b', 'a\\u{202e}b\\u{200b}'],
    ['tab\tand\nline', 'tab\tand\nline'],
    ['windows\r\nline', 'windows\nline'],
    ['over\rwritten', 'over\\x0dwritten'],
    ['开始 Ärger', '开始 Ärger'],
  ])('%j', (text, shown) => {
    expect(printable(text)).toBe(shown);
  });
});
