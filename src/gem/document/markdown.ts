import { inlines, oneLine, type Block, type Inline, type Text } from './blocks.js';
import { mermaid } from './mermaid.js';

/** Text that Markdown shows as it is: nothing in it is markup, HTML or the end of a cell. */
function escapeMarkdown(text: string): string {
  return oneLine(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_[\]|~#$]/g, '\\$&')
    .replace(
      /^([ \t]*)([-+=]|\d+[.)](?=\s|$))/,
      (_, space: string, mark: string) => `${space}${mark.slice(0, -1)}\\${mark.slice(-1)}`,
    );
}

/** A span of code. A pipe would end the cell of a table even inside of it. */
function codeSpan(text: string): string {
  const line = oneLine(text).replace(/\|/g, '\\|');
  const fence = fenceFor(line, 1);
  const pad = /^[` ]|[` ]$/.test(line) || line === '' ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** Backticks, more than stand together anywhere in the text. */
function fenceFor(text: string, least: number): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  return '`'.repeat(longest < least ? least : longest + 1);
}

const inline = (piece: Inline): string =>
  typeof piece === 'string' ? escapeMarkdown(piece) : codeSpan(piece.code);
const line = (text: Text): string => inlines(text).map(inline).join('').trim();
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function fenced(language: string, text: string): string {
  const fence = fenceFor(text, 3);
  return `${fence}${language}\n${text}\n${fence}`;
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${escapeMarkdown(block.text)}`;
    case 'paragraph':
      return line(block.text);
    case 'list':
      return block.items.map((item) => `- ${line(item)}`).join('\n');
    case 'table':
      return [
        row(block.head.map(escapeMarkdown)),
        row(block.head.map(() => '---')),
        ...block.rows.map((cells) => row(cells.map(line))),
      ].join('\n');
    case 'sml':
      return fenced('sml', block.text);
    case 'diagram':
      return fenced('mermaid', mermaid(block.states, block.arrows));
  }
}

/** A document as Markdown (GitHub's: tables, and diagrams in Mermaid). */
export const toMarkdown = (blocks: readonly Block[]): string => `${blocks.map(blockText).join('\n\n')}\n`;
