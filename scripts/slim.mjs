// What the package carries of what the compiler writes: JavaScript without comments, since the declarations have them, in the
// fewest characters that read well; CommonJS made of the ES modules, with maps that lead to them.
import { decode, encode } from '@jridgewell/sourcemap-codec';
import { createRequire } from 'node:module';
import { basename, dirname, relative } from 'node:path';

const ts = createRequire(import.meta.url)('typescript');

/** A comment that bundlers act on: `@__PURE__`, `@__NO_SIDE_EFFECTS__`. */
const ANNOTATION = /^\/\*\s*[@#]__\w+__\s*\*\/$/;
const COMMENT = /\/\*[^]*?\*\/|\/\/.*/g;
const INDENT = /^( {4})+/;

const parse = (text) => ts.createSourceFile('file.js', text, ts.ScriptTarget.ES2022, true);

/** Calls back with each token of the file, and with where the blanks and comments before it start. */
function eachToken(file, visit) {
  const walk = (node) => {
    if (node.kind >= ts.SyntaxKind.FirstJSDocNode && node.kind <= ts.SyntaxKind.LastJSDocNode) return;
    const children = node.getChildren(file);
    if (children.length === 0) visit(node, node.getFullStart(), node.getStart(file));
    else children.forEach(walk);
  };
  walk(file);
}

/** Takes comments out, and with them the lines that hold nothing more. */
export function withoutComments(text) {
  let stripped = '';
  let end = 0;
  eachToken(parse(text), (token, blanksFrom, start) => {
    const blanks = text.slice(Math.max(blanksFrom, end), start);
    stripped += blanks.replace(COMMENT, (comment) => (ANNOTATION.test(comment) ? comment : ''));
    stripped += text.slice(start, token.end);
    end = token.end;
  });
  return indented(stripped).replace(/[ \t]+$/gm, '');
}

/** Tabs for four blanks, and no empty lines; what stands within a template literal stays. */
function indented(text) {
  const kept = new Set();
  const file = parse(text);
  const lineOf = (position) => file.getLineAndCharacterOfPosition(position).line;
  eachToken(file, (token, _, start) => {
    for (let line = lineOf(start) + 1; line <= lineOf(token.end); line++) kept.add(line);
  });
  return text
    .split('\n')
    .map((line, index) => (kept.has(index) ? line : tabs(line)))
    .filter((line, index) => kept.has(index) || line.trim() !== '')
    .join('\n')
    .concat('\n');
}

const tabs = (line) => line.replace(INDENT, (blanks) => '\t'.repeat(blanks.length / 4));

/** An ES module as CommonJS, with a map that leads to the module: the lines, not the columns. */
export function commonJsOf(text, from, to) {
  const made = ts.transpileModule(text, {
    fileName: basename(to),
    compilerOptions: { target: 'es2022', module: 'commonjs', sourceMap: true },
  });
  const map = JSON.parse(made.sourceMapText);
  const mappings = encode(decode(map.mappings).map((line) => line.slice(0, 1).map((at) => at.slice(0, 4))));
  const sources = [relative(dirname(to), from).replaceAll('\\', '/')];
  return {
    text: made.outputText
      .replace(/\/\/# sourceMappingURL=.*\s*$/, '')
      .split('\n')
      .map(tabs)
      .join('\n'),
    map: JSON.stringify({ version: 3, sources, names: [], mappings }),
  };
}

/** TypeScript before 5.7 knows no type parameter of these; this is the default. */
const ARRAYS = /\b((?:Big)?(?:Ui|I)nt\d+(?:Clamped)?Array|Float(?:32|64)Array)<ArrayBufferLike>/g;

/** Declarations that name each file they import from once, and that older compilers read. */
export function declarationsOf(original) {
  const text = original.replace(ARRAYS, '$1');
  const files = [...new Set([...text.matchAll(/import\("([^"]+)"\)\./g)].map(([, file]) => file))];
  const aliases = files.filter((file) => text.split(`import("${file}").`).length > 3);
  const imports = aliases.map((file, index) => `import type * as m${index} from "${file}";\n`).join('');
  const named = aliases.reduce(
    (shorter, file, index) => shorter.replaceAll(`import("${file}").`, `m${index}.`),
    text,
  );
  return imports + withTypesOnce(named).split('\n').map(tabs).join('\n');
}

/** The type of a constant, written out again within that of another (S1F1 has that of its reply, S1F2), is `typeof` the first. */
function withTypesOnce(text) {
  const constants = [...text.matchAll(/^export declare const (\w+): ((?:.*\{\n(?:[ \t].*\n)*)*.*);$/gm)];
  return constants.reduce((shorter, [line, name, type]) => {
    if (type.length < 60) return shorter;
    const [before, ...after] = shorter.split(line);
    if (after.length !== 1) return shorter;
    return [before, ...after].map((part) => part.replaceAll(type, `typeof ${name}`)).join(line);
  }, text);
}
