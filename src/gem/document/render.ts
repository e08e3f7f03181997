import { GemArgumentError } from '../errors.js';
import type { EquipmentModel } from '../model/equipment-model.js';
import { quote } from '../model/value.js';
import type { Block } from './blocks.js';
import { toHtml } from './html.js';
import { toMarkdown } from './markdown.js';

/** How a document is written. */
export interface DocumentOptions {
  /** `markdown` (default): with tables and Mermaid diagrams, as GitHub shows them. `html`: one file that needs nothing else. */
  readonly format?: 'markdown' | 'html';
}

export function render(title: string, blocks: readonly Block[], options: DocumentOptions): string {
  if (typeof options !== 'object' || (options as unknown) === null) {
    throw new GemArgumentError(`options must be an object, received ${quote(options)}`);
  }
  const { format = 'markdown' } = options;
  if (format === 'html') return toHtml(title, blocks);
  if (format === 'markdown') return toMarkdown(blocks);
  throw new GemArgumentError(`format must be 'markdown' or 'html', received ${quote(format)}`);
}

/** The model, where it is one. */
export function checkedModel(model: EquipmentModel): EquipmentModel {
  const given = model as Partial<EquipmentModel> | undefined | null;
  if (given?.byVid instanceof Map && given.definition !== undefined) return model;
  throw new GemArgumentError(`model must be made by defineEquipment, received ${quote(model)}`);
}
