import type { AnyDefinition, Direction } from '../definition.js';
import { codesOf } from '../nodes/codes-of.js';
import type { DataItemNode, Node } from '../nodes/nodes.js';

const SENDERS: Readonly<Record<Direction, string>> = {
  'H->E': 'host to equipment',
  'E->H': 'equipment to host',
  both: 'host or equipment',
};

/** A line of a structure: how deep it stands, what it is, the name of its field, and what to say of it. */
interface Line {
  readonly depth: number;
  readonly what: string;
  readonly field: string;
  readonly about: string;
}

/** A message in words: who sends it, what answers it, what is in it, and what its codes mean. */
export function explainMessage(definition: AnyDefinition): string {
  const { name, title, facts, node } = definition;
  const mnemonic = facts.mnemonic === undefined ? '' : ` (${facts.mnemonic})`;
  const lines =
    node === undefined
      ? []
      : linesOf(node.kind === 'single' ? node.of : node, 1, node.kind === 'single' ? node.name : '');
  const rules = [facts.special, facts.note].filter((text) => text !== undefined);
  return [
    `${name} ${title}${mnemonic}`,
    `${SENDERS[facts.direction]}${replyText(definition)}${facts.isMultiBlock === true ? '; may be more than one block on SECS-I' : ''}`,
    ...(facts.sources === 1 ? ['known from one source only: take it with care'] : []),
    '',
    ...(node === undefined ? ['  header only'] : layOut(lines)),
    ...(rules.length === 0 ? [] : ['', ...rules]),
    ...codeTables(definition),
    ...replyCodes(definition),
  ].join('\n');
}

function replyText({ reply, facts }: AnyDefinition): string {
  if (reply === undefined) return '';
  const { name, title } = reply as AnyDefinition;
  return `, answered by ${name} ${title}${facts.replyIsOptional === true ? ' where the sender wants it' : ''}`;
}

function linesOf(node: Node, depth: number, field: string): readonly Line[] {
  switch (node.kind) {
    case 'item':
      return [{ depth, what: node.e5Name, field, about: `${formatsText(node)}: ${node.meaning}` }];
    case 'maybe':
      return [
        {
          depth,
          what: node.of.e5Name,
          field,
          about: `${formatsText(node.of)}, or of length zero: ${node.of.meaning}`,
        },
      ];
    case 'array':
      return [
        {
          depth,
          what: `${node.of.e5Name}[n]`,
          field,
          about: `${formatsText(node.of)}, many values in one item: ${node.of.meaning}`,
        },
      ];
    case 'list': {
      const fields = Object.entries(node.fields);
      return [
        { depth, what: `L[${fields.length}]`, field, about: '' },
        ...fields.flatMap(([name, child]) => linesOf(child, depth + 1, name)),
      ];
    }
    case 'many':
      return [{ depth, what: 'L[n]', field, about: '' }, ...linesOf(node.of, depth + 1, '')];
    case 'optional':
      return alternatives(
        [[{ depth: depth + 1, what: 'L[0]', field: '', about: '' }], linesOf(node.of, depth + 1, '')],
        depth,
        field,
      );
    case 'choice':
      return alternatives(
        node.of.map((one) => linesOf(one, depth + 1, '')),
        depth,
        field,
      );
  }
}

function alternatives(groups: readonly (readonly Line[])[], depth: number, field: string): readonly Line[] {
  return [
    { depth, what: 'either', field, about: '' },
    ...groups.flatMap((lines, i) =>
      i === 0 ? lines : [{ depth, what: 'or', field: '', about: '' }, ...lines],
    ),
  ];
}

function formatsText({ formats, lengthRule }: DataItemNode): string {
  const length = lengthRule === 1 || lengthRule === '*' ? '' : ` [${lengthRule}]`;
  return `${formats.join(' ')}${length}`;
}

/** Lines in columns. */
function layOut(lines: readonly Line[]): readonly string[] {
  const left = lines.map(({ depth, what }) => '  '.repeat(depth) + what);
  const leftWidth = Math.max(...left.map((text) => text.length));
  const fieldWidth = Math.max(...lines.map(({ field }) => field.length));
  return lines.map(({ field, about }, i) =>
    `${(left[i] ?? '').padEnd(leftWidth)}  ${field.padEnd(fieldWidth)}  ${about}`.trimEnd(),
  );
}

function codeTables({ node }: AnyDefinition): readonly string[] {
  if (node === undefined) return [];
  const items = new Set(itemsOf(node.kind === 'single' ? node.of : node));
  return [...items].flatMap((item) =>
    codesOf(item).length === 0 ? [] : ['', item.e5Name, ...codeLines(item)],
  );
}

/** What the codes of the reply mean, as HCACK of S2F42, where the message itself does not have them. */
function replyCodes({ node, reply }: AnyDefinition): readonly string[] {
  const answer = reply as AnyDefinition | undefined;
  if (answer?.node === undefined) return [];
  const own = new Set(node === undefined ? [] : itemsOf(node.kind === 'single' ? node.of : node));
  const items = new Set(itemsOf(answer.node.kind === 'single' ? answer.node.of : answer.node));
  return [...items].flatMap((item) =>
    own.has(item) || codesOf(item).length === 0
      ? []
      : ['', `${item.e5Name} of ${answer.name}`, ...codeLines(item)],
  );
}

/** The data items of a structure, in order. */
export function itemsOf(node: Node): readonly DataItemNode[] {
  switch (node.kind) {
    case 'item':
      return [node];
    case 'list':
      return Object.values(node.fields).flatMap(itemsOf);
    case 'choice':
      return node.of.flatMap(itemsOf);
    case 'array':
    case 'maybe':
    case 'many':
    case 'optional':
      return itemsOf(node.of);
  }
}

function codeLines(item: DataItemNode): readonly string[] {
  const entries = codesOf(item);
  const codeWidth = Math.max(...entries.map(({ code }) => String(code).length));
  const nameWidth = Math.max(...entries.map(({ name }) => name.length));
  const others = item.others === undefined ? [] : [`  other codes: ${item.others}`];
  return [
    ...entries.map(
      ({ code, name, text }) => `  ${String(code).padStart(codeWidth)}  ${name.padEnd(nameWidth)}  ${text}`,
    ),
    ...others,
  ];
}

/** A data item in words: what it is, its formats, its codes, and the messages that it is in. */
export function explainItem(item: DataItemNode, set: Iterable<AnyDefinition>): string {
  const used = [...set].filter(
    ({ node }) =>
      node !== undefined &&
      itemsOf(node.kind === 'single' ? node.of : node).some((one) => one.e5Name === item.e5Name),
  );
  return [
    `${item.e5Name} ${item.meaning}`,
    formatsText(item) + (item.lengthRule === '*' ? ', any length' : ''),
    ...(codesOf(item).length === 0 ? [] : ['', ...codeLines(item)]),
    '',
    `in ${used.length === 0 ? 'no message' : used.map(({ name }) => name).join(' ')}`,
  ].join('\n');
}
