import { inlines, oneLine, type Block, type Inline, type Text } from './blocks.js';
import { drawDiagram } from './diagram.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

const STYLE = `
body { font: 15px/1.5 system-ui, sans-serif; color: #1b1f24; max-width: 66rem; margin: 2rem auto; padding: 0 1rem; }
h2 { border-bottom: 1px solid #d0d7de; margin-top: 2.5rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #d0d7de; padding: 0.25rem 0.6rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: #f6f8fa; }
code, pre { font: 13px/1.45 ui-monospace, monospace; background: #f6f8fa; }
pre { padding: 0.6rem 0.8rem; overflow: auto; }
svg { max-width: 100%; height: auto; }
svg text { font: 13px system-ui, sans-serif; }
@media print { body { max-width: none; } tr, pre, svg { break-inside: avoid; } }
`;

/** Text that HTML shows as it is, between tags and in attributes. */
const escapeHtml = (text: string): string => text.replace(/[&<>"'`]/g, (c) => ENTITIES[c] ?? c);

const plain = (text: string): string => escapeHtml(oneLine(text));
const inline = (piece: Inline): string =>
  typeof piece === 'string' ? plain(piece) : `<code>${plain(piece.code)}</code>`;
const line = (text: Text): string => inlines(text).map(inline).join('');

function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${plain(block.text)}</h${block.level}>`;
    case 'paragraph':
      return `<p>${line(block.text)}</p>`;
    case 'list':
      return `<ul>\n${block.items.map((item) => `<li>${line(item)}</li>`).join('\n')}\n</ul>`;
    case 'table': {
      const head = block.head.map((cell) => `<th>${plain(cell)}</th>`).join('');
      const rows = block.rows.map(
        (cells) => `<tr>${cells.map((cell) => `<td>${line(cell)}</td>`).join('')}</tr>`,
      );
      return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table>`;
    }
    case 'sml':
      return `<pre>${escapeHtml(block.text)}</pre>`;
    case 'diagram':
      return drawDiagram(block.title, block.states, block.arrows, plain);
  }
}

/** A document as one HTML file that needs nothing else: no script, no font, no style from anywhere. */
export function toHtml(title: string, blocks: readonly Block[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${plain(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${blocks.map(blockText).join('\n')}
</body>
</html>
`;
}
