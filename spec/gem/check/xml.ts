/** An element of XML. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlNode | string)[];
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/**
 * Reads XML: elements, attributes, character data and references. @throws for what is not well-formed, and for characters
 * that XML does not have.
 */
export function parseXml(text: string): XmlNode {
  if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/.test(text))
    throw new Error('there is a character that XML does not have');
  const root: XmlNode & { children: (XmlNode | string)[] } = { name: '', attributes: {}, children: [] };
  const open = [root];
  const token = /<\?xml [^?]*\?>|<\/([\w-]+)\s*>|<([\w-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (match === null) throw new Error(`not well-formed at ${at}: ${text.slice(at, at + 60)}`);
    const [, end, begin, attributes = '', empty, data] = match;
    const top = open.at(-1) as typeof root;
    if (data !== undefined) top.children.push(decode(data));
    if (end !== undefined && open.pop()?.name !== end) throw new Error(`</${end}> ends nothing`);
    if (begin === undefined) continue;
    const node = { name: begin, attributes: attributesOf(attributes), children: [] };
    top.children.push(node);
    if (empty !== '/') open.push(node);
  }
  if (open.length !== 1) throw new Error(`<${open.at(-1)?.name ?? ''}> has no end`);
  return root;
}

/** The text in an element. */
export const textOf = ({ children }: XmlNode): string =>
  children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');

const attributesOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, decode(value)]),
  );

function decode(text: string): string {
  return text.replace(/&(?:#(\d+)|(\w+));|&/g, (whole, number?: string, name?: string) => {
    if (number !== undefined) return String.fromCodePoint(Number(number));
    const found = name === undefined ? undefined : ENTITIES[name];
    if (found === undefined) throw new Error(`${whole} is no reference`);
    return found;
  });
}
