// The code blocks of the pages and of the doc comments. Two comments in the first line of a block say what precedes it:
//
//   // given session, store     names that given.mjs declares
//   // continued                the blocks before it, from the last one that is not continued
//   // continued, given a plate both
import { readdirSync, readFileSync } from 'node:fs';

const FENCE = /^```(\w*)\n([^]*?)^```$/gm;
const IMPORT = /^import (type )?\{([^}]*)\} from '([^']+)';.*\n/gm;

/** The blocks of one page: language, code, the line it starts at, and what it prints where the page says so. */
export function blocksOf(name, text) {
  const found = [...text.matchAll(FENCE)].map(({ 1: language, 2: code, 0: fence, index }) => ({
    name: `${name}:${text.slice(0, index).split('\n').length}`,
    language,
    code,
    start: index,
    end: index + fence.length,
  }));
  return found.map((block, index) => {
    const next = found[index + 1];
    const says = next?.language === '' && /^\s*(It|This) prints:\s*$/.test(text.slice(block.end, next.start));
    return says ? { ...block, prints: next.code } : block;
  });
}

/** The modules that the TypeScript blocks of a page are: each with all that precedes it. */
export function modulesOf(blocks, given) {
  let chain = [];
  return blocks
    .filter(({ language }) => language === 'ts')
    .map((block) => {
      const [first = ''] = block.code.split('\n');
      chain = /^\/\/ continued\b/.test(first) ? [...chain, block] : [block];
      const names = chain.flatMap(
        ({ code }) => /^\/\/ (?:continued, )?given (.*)/.exec(code)?.[1].split(/,\s*| and /) ?? [],
      );
      const preludes = withNeeds([...new Set(names)], given, block.name).map((name) => given[name].code);
      return { ...block, code: joined([...preludes, ...chain.map(({ code }) => code)]) };
    });
}

/** The names and all that they need, each after its needs. */
function withNeeds(names, given, where) {
  const order = [];
  const add = (name) => {
    if (order.includes(name)) return;
    if (given[name] === undefined)
      throw new Error(`${where}: nothing is known of "${name}" (scripts/docs/given.mjs)`);
    given[name].needs?.forEach(add);
    order.push(name);
  };
  names.forEach(add);
  return order;
}

/** Pieces of code as one module: what several of them import stands there once. */
function joined(pieces) {
  const imports = new Map();
  const bodies = pieces.map((piece) =>
    piece.replace(IMPORT, (_, type = '', names, file) => {
      const known = imports.get(file) ?? new Set();
      for (const name of names.split(',')) if (name.trim()) known.add(`${type}${name.trim()}`);
      imports.set(file, known);
      return '\n'.repeat(names.split('\n').length);
    }),
  );
  const lines = [...imports].map(([file, names]) => {
    const wanted = [...names].filter(
      (name) => !names.has(name.replace(/^type /, '')) || !name.startsWith('type '),
    );
    return `import { ${wanted.join(', ')} } from '${file}';`;
  });
  return [...lines, ...bodies, 'export {};', ''].join('\n');
}

/** The TypeScript blocks in the doc comments of a source file. */
export function examplesOf(name, text) {
  return [...text.matchAll(/\/\*\*[^]*?\*\//g)].flatMap(({ 0: comment, index }) => {
    const plain = comment.replace(/^[ \t]*\* ?/gm, '');
    const line = text.slice(0, index).split('\n').length - 1;
    return blocksOf(name, plain).map((block) => {
      const [, offset] = /:(\d+)$/.exec(block.name);
      return { ...block, name: `${name}:${line + Number(offset)}` };
    });
  });
}

/** README and docs/*.md by name. */
export function pages(root) {
  const names = [
    'README.md',
    ...readdirSync(`${root}docs`)
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ];
  return names.map((name) => ({ name, text: readFileSync(`${root}${name}`, 'utf8') }));
}

/** The sources by name. */
export function sources(root) {
  return readdirSync(`${root}src`, { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => ({ name: `src/${name}`, text: readFileSync(`${root}src/${name}`, 'utf8') }));
}
