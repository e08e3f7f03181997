import { randomUUID } from 'node:crypto';
import { printItem, type Item, type SecsMessage } from '../../secs2/index.js';

/** What macros are made from while one reply is written. */
export interface MacroContext {
  /** The time of day, the same throughout one reply. */
  readonly now: Date;
  /** The next value of a counter. */
  readonly count: (name: string) => number;
  /** The message to be answered. */
  readonly primary: SecsMessage;
}

/** A fault of a text, at an index of it. */
export class TemplateError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.name = 'TemplateError';
    this.offset = offset;
  }
}

/** A macro where it stands in the text. */
interface Macro {
  readonly offset: number;
  readonly length: number;
  /** Stands in for the value while a text is only checked. */
  readonly sample: string;
  readonly render: (context: MacroContext) => string;
}

/** Text made of a template, and where its characters come from. */
interface Expansion {
  readonly text: string;
  /** The index in the template that an index in the text stands for. */
  readonly sourceOf: (offset: number) => number;
}

const MACRO = /\$\$\{|\$\{([^}\n]*)\}?/g;
const ALLOWED =
  '${now}, ${now:16}, ${now:14}, ${now:12}, ${now:iso}, ${counter}, ${counter:NAME}, ${uuid}, ${item:PATH} and ${value:PATH} are allowed, $${ for ${ itself';

/** Text with macros in it. */
export class Template {
  readonly #text: string;
  readonly #macros: readonly Macro[];

  /** @throws TemplateError for a macro that is not known. */
  constructor(text: string) {
    this.#text = text;
    this.#macros = [...text.matchAll(MACRO)].map((match) => compile(match[0], match[1], match.index));
  }

  /** Whether a part of the text has macros. */
  hasMacros(start = 0, end = this.#text.length): boolean {
    return this.#macros.some(({ offset }) => offset >= start && offset < end);
  }

  /** The text with something in place of each macro, to check what is around them. */
  sample(): Expansion {
    return this.#expand(({ sample }) => sample);
  }

  /** The text with the values of its macros. @throws TemplateError where a macro has no value. */
  render(context: MacroContext): string {
    return this.#expand((macro) => {
      try {
        return macro.render(context);
      } catch (error) {
        throw new TemplateError(error instanceof Error ? error.message : String(error), macro.offset);
      }
    }).text;
  }

  #expand(valueOf: (macro: Macro) => string): Expansion {
    let text = '';
    let position = 0;
    const shifts: { readonly from: number; readonly source: number }[] = [{ from: 0, source: 0 }];
    for (const macro of this.#macros) {
      text += this.#text.slice(position, macro.offset);
      shifts.push({ from: text.length, source: macro.offset });
      text += valueOf(macro);
      position = macro.offset + macro.length;
      shifts.push({ from: text.length, source: position });
    }
    text += this.#text.slice(position);
    return { text, sourceOf: (offset) => sourceOf(shifts, offset) };
  }
}

function sourceOf(shifts: readonly { from: number; source: number }[], offset: number): number {
  let last = { from: 0, source: 0 };
  let next: { from: number; source: number } | undefined;
  for (const shift of shifts) {
    if (shift.from > offset) {
      next = shift;
      break;
    }
    last = shift;
  }
  const source = last.source + offset - last.from;
  // Within the value of a macro: the macro itself.
  return next === undefined ? source : Math.min(source, next.source - 1);
}

function compile(whole: string, inner: string | undefined, offset: number): Macro {
  const literal = (text: string): Macro => ({
    offset,
    length: whole.length,
    sample: text,
    render: () => text,
  });
  if (inner === undefined) return literal('${');
  const [name = '', ...rest] = inner.split(':');
  const argument = rest.length === 0 ? undefined : rest.join(':');
  const render = renderer(name, argument);
  if (!whole.endsWith('}') || render === undefined) {
    throw new TemplateError(`${whole} is no macro: ${ALLOWED}`, offset);
  }
  return { offset, length: whole.length, sample: name === 'item' ? '<L>' : '0', render };
}

function renderer(name: string, argument: string | undefined): Macro['render'] | undefined {
  switch (name) {
    case 'now': {
      const format = timeFormats.get(argument ?? '16');
      return format && (({ now }) => format(now));
    }
    case 'counter':
      return argument === '' ? undefined : ({ count }) => String(count(argument ?? ''));
    case 'uuid':
      return argument === undefined ? () => randomUUID() : undefined;
    case 'item':
    case 'value': {
      const path = parsePath(argument ?? '');
      const print = name === 'item' ? (item: Item) => printItem(item) : valueText;
      return path && (({ primary }) => print(itemAt(primary, path)));
    }
    default:
      return undefined;
  }
}

const two = (value: number): string => String(value).padStart(2, '0');

const date = (time: Date): string =>
  `${time.getFullYear()}${two(time.getMonth() + 1)}${two(time.getDate())}` +
  `${two(time.getHours())}${two(time.getMinutes())}${two(time.getSeconds())}`;

/** The forms of time that E5 and E30 have. */
const timeFormats: ReadonlyMap<string, (time: Date) => string> = new Map([
  ['12', (time: Date) => date(time).slice(2)],
  ['14', date],
  ['16', (time: Date) => date(time) + two(Math.floor(time.getMilliseconds() / 10))],
  ['iso', (time: Date) => time.toISOString()],
]);

function parsePath(text: string): number[] | undefined {
  if (text === '') return [];
  return /^\d{1,8}(\.\d{1,8})*$/.test(text) ? text.split('.').map(Number) : undefined;
}

function itemAt(primary: SecsMessage, path: readonly number[]): Item {
  const { item } = primary;
  if (item === undefined) throw new Error(`${primary.name} has no item`);
  return path.length === 0 ? item : item.at(...path);
}

/** The values of an item as they stand in SML: the text of text without its quotes, numbers with blanks between. */
function valueText(item: Item): string {
  if (item.format === 'A' || item.format === 'J' || item.format === 'C2') {
    const text = item.format === 'A' ? item.ascii : item.text;
    return text.replace(/[\\"']/g, '\\$&');
  }
  if (item.format === 'L') throw new Error('a list has no value: ${item:PATH} stands for the whole of it');
  return printItem(item, { counts: 'never' })
    .replace(/^<\w+ ?/, '')
    .replace(/>$/, '');
}
