// A document as data: written once, rendered as Markdown or as HTML. Text is text here; escaping is the renderers' business.

/** A piece of a line: text, or something named by the program or the wire, such as `S6F11`. */
export type Inline = string | { readonly code: string };

/** A line of text. */
export type Text = Inline | readonly Inline[];

/** An arrow of a state diagram. */
export interface Arrow {
  /** Undefined: the start. */
  readonly from: string | undefined;
  readonly to: string;
  readonly label: string;
}

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: Text }
  | { readonly kind: 'list'; readonly items: readonly Text[] }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly Text[])[] }
  | { readonly kind: 'sml'; readonly text: string }
  | {
      readonly kind: 'diagram';
      readonly title: string;
      readonly states: readonly string[];
      readonly arrows: readonly Arrow[];
    };

export const heading = (level: 1 | 2 | 3, text: string): Block => ({ kind: 'heading', level, text });
export const paragraph = (...text: readonly Inline[]): Block => ({ kind: 'paragraph', text });
export const bullets = (items: readonly Text[]): Block => ({ kind: 'list', items });
export const code = (text: string): Inline => ({ code: text });

/** A table; a paragraph in its place where it has no rows. */
export function table(head: readonly string[], rows: readonly (readonly Text[])[], none = 'None.'): Block {
  return rows.length === 0 ? paragraph(none) : { kind: 'table', head, rows };
}

/** The pieces of a text. */
export const inlines = (text: Text): readonly Inline[] =>
  typeof text === 'string' || !Array.isArray(text) ? [text as Inline] : (text as readonly Inline[]);

/** Text on one line: line ends and other control characters become spaces. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
