import type { KnownNames } from '../../check.js';
import { check } from '../check-values.js';
import type { Block } from './blocks.js';
import { toHtml } from './html.js';
import { toMarkdown } from './markdown.js';

/** How a document is written. */
export interface DocumentOptions {
  /** `markdown` (default): with tables and Mermaid diagrams, as GitHub shows them. `html`: one file that needs nothing else. */
  readonly format?: 'markdown' | 'html';
}

export function render(
  title: string,
  blocks: readonly Block[],
  options: DocumentOptions | undefined,
): string {
  const { format = 'markdown' } = check.options('options', options, OPTIONS);
  check.oneOf('format', format, ['markdown', 'html']);
  return format === 'html' ? toHtml(title, blocks) : toMarkdown(blocks);
}

const OPTIONS: KnownNames<DocumentOptions> = { owner: 'a document', names: { format: true } };
