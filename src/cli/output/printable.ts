/** Control characters, and those that hide or turn the direction of text. */
const unprintable = /\p{Cc}|\p{Cf}/gu;

/** Text that a terminal can be given: what it would obey or hide is shown as `\x1b`; tabs and ends of lines stay. */
export function printable(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(unprintable, (character) => {
    if (character === '\n' || character === '\t') return character;
    const code = character.codePointAt(0) ?? 0;
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
  });
}
