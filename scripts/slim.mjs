// What the package carries of what the compiler writes: JavaScript without comments, since the declarations have them, in the
// fewest characters that read well; CommonJS made of the ES modules, line for line.
import { createRequire } from 'node:module';

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

/** The lines that begin within a template literal. */
function linesOfText(text) {
  const lines = new Set();
  const file = parse(text);
  const lineOf = (position) => file.getLineAndCharacterOfPosition(position).line;
  eachToken(file, (token, _, start) => {
    for (let line = lineOf(start) + 1; line <= lineOf(token.end); line++) lines.add(line);
  });
  return lines;
}

/** Tabs for four blanks, and no empty lines; what stands within a template literal stays. */
function indented(text) {
  const kept = linesOfText(text);
  return text
    .split('\n')
    .map((line, index) => (kept.has(index) ? line : tabs(line)))
    .filter((line, index) => kept.has(index) || line.trim() !== '')
    .join('\n')
    .concat('\n');
}

/**
 * Without indents and blanks that nothing needs, line for line: of what stands beside it as it reads well. What stands within a
 * text stays.
 */
export function squeezed(text) {
  let made = '';
  let end = 0;
  eachToken(parse(text), (token, blanksFrom, start) => {
    const blanks = text.slice(Math.max(blanksFrom, end), start);
    const own = text.slice(start, token.end);
    const isNeeded = blanks !== '' && own !== '' && needsBlank(made.at(-1), own[0]);
    made += blanks.includes('\n') ? blanks.replace(/[ \t]+/g, '') : isNeeded ? ' ' : '';
    made += own;
    end = token.end;
  });
  return made;
}

const WORD = /[\w$#\\\u0080-\uffff]/;

/** Whether two tokens side by side would be read as another one: `in x`, `a + +b`, `1 .x`, `a / /b/`. */
function needsBlank(left = '', right = '') {
  if (WORD.test(left) && WORD.test(right)) return true;
  return left === right ? /[+\-/<>&|*.?]/.test(left) : /[\d/.?<]/.test(left) && /[./!?]/.test(right);
}

const tabs = (line) => line.replace(INDENT, (blanks) => '\t'.repeat(blanks.length / 4));

/** Several ES modules as one: those that import names alone, and export what they declare. */
export function joined(texts) {
  const imported = new Map();
  const rest = texts.map((text) => {
    const imports = parse(text).statements.filter(ts.isImportDeclaration);
    for (const { importClause, moduleSpecifier } of imports) {
      const names = imported.get(moduleSpecifier.text) ?? new Set();
      for (const { name } of importClause.namedBindings.elements) names.add(name.text);
      imported.set(moduleSpecifier.text, names);
    }
    return text.slice(imports.at(-1)?.end ?? 0);
  });
  const head = [...imported].map(
    ([from, names]) => `import { ${[...names].sort().join(', ')} } from '${from}';`,
  );
  return `${head.join('\n')}\n${rest.join('\n')}`;
}

/** The body of each message of a stream as a getter: it is made when the message is first used, not when the program starts. */
export function withBodiesLater(text) {
  const bodies = [];
  const walk = (node) => {
    const isMessage = ts.isCallExpression(node) && node.expression.getText() === 'message';
    const [, , spec] = isMessage ? node.arguments : [];
    const found = spec?.properties.find((one) => one.name.getText() === 'body');
    if (found !== undefined) bodies.push([found.getStart(), found.initializer.getStart(), found.end]);
    ts.forEachChild(node, walk);
  };
  walk(parse(text));
  let rest = text;
  for (const [start, value, end] of bodies.reverse()) {
    rest = `${rest.slice(0, start)}get body() { return ${rest.slice(value, end)}; }${rest.slice(end)}`;
  }
  return rest;
}

/** A module that only declares types. */
export const isEmpty = (module) => /^\s*(export \{\s*\};?\s*)?$/.test(module);

/**
 * An ES module as CommonJS, line for line, so that a stack names the line of either. No two modules import one another, and none
 * exports what changes: an import is a constant, and what is exported is so at the end.
 *
 * @param from its path, for errors
 */
export function commonJsOf(text, from, isDoor = false) {
  const file = parse(text);
  const edits = [];
  const exported = [];
  for (const statement of file.statements) {
    const start = statement.getStart(file);
    const replace = (replacement, end = statement.end) => edits.push({ start, end, replacement });
    if (ts.isImportDeclaration(statement)) replace(requireOf(statement));
    else if (ts.isExportDeclaration(statement)) {
      exported.push(...exportsOf(statement));
      replace(statement.moduleSpecifier === undefined ? '' : passedOn(statement));
    } else if (statement.modifiers?.[0]?.kind === ts.SyntaxKind.ExportKeyword) {
      if (ts.isVariableStatement(statement) && !(statement.declarationList.flags & ts.NodeFlags.Const))
        throw new Error(`${from}: only constants are exported: ${statement.getText(file)}`);
      replace('', statement.modifiers[0].end + 1);
      exported.push(...namesOf(statement));
    } else if (ts.isExportAssignment(statement)) throw new Error(`${from}: there are no default exports`);
  }
  collectLazyImports(file, edits);
  const body = edited(text, edits).replace(/\n*$/, '\n');
  const last = exported.length === 0 ? '' : `module.exports = { ${exported.join(', ')} };\n`;
  return `'use strict'; ${body}${last}${isDoor ? IS_MODULE : ''}`;
}

/** What compiled modules ask for before they take a default or a namespace of it. */
const IS_MODULE = "Object.defineProperty(module.exports, '__esModule', { value: true });\n";

/** Packages that are one value in CommonJS, which `import` calls their default. */
const PLAIN = /^(node:.*|iconv-lite)$/;

function requireOf({ importClause, moduleSpecifier }) {
  const required = `require('${moduleSpecifier.text}');`;
  if (importClause === undefined) return required;
  const { name, namedBindings } = importClause;
  const parts = [];
  if (name !== undefined) {
    if (!PLAIN.test(moduleSpecifier.text))
      throw new Error(`the default of ${moduleSpecifier.text} is unknown`);
    parts.push(`const ${name.text} = ${required}`);
  }
  if (namedBindings === undefined) return parts.join(' ');
  if (ts.isNamespaceImport(namedBindings))
    return [...parts, `const ${namedBindings.name.text} = ${required}`].join(' ');
  const names = namedBindings.elements.map(({ propertyName, name: local }) =>
    propertyName === undefined ? local.text : `${propertyName.text}: ${local.text}`,
  );
  return [...parts, `const { ${names.join(', ')} } = ${required}`].join(' ');
}

/** `export { a, b as c } from './x.js'` */
function passedOn({ exportClause, moduleSpecifier }) {
  if (exportClause === undefined) return '';
  const names = exportClause.elements.map(({ propertyName, name }) =>
    propertyName === undefined ? name.text : `${propertyName.text}: ${name.text}`,
  );
  return names.length === 0 ? '' : `const { ${names.join(', ')} } = require('${moduleSpecifier.text}');`;
}

function exportsOf({ exportClause, moduleSpecifier }) {
  if (exportClause === undefined) return [`...require('${moduleSpecifier.text}')`];
  return exportClause.elements.map(({ propertyName, name }) =>
    propertyName === undefined || moduleSpecifier !== undefined
      ? name.text
      : `${name.text}: ${propertyName.text}`,
  );
}

const namesOf = (statement) =>
  ts.isVariableStatement(statement)
    ? statement.declarationList.declarations.flatMap(({ name }) => boundBy(name))
    : [statement.name.text];

const boundBy = (name) =>
  ts.isIdentifier(name)
    ? [name.text]
    : name.elements.flatMap((element) => (element.name ? boundBy(element.name) : []));

/** `import('./x.js')` becomes a promise of what is required. */
function collectLazyImports(file, edits) {
  const visit = (node) => {
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const replacement = `Promise.resolve().then(() => require(${node.arguments[0].getText(file)}))`;
      edits.push({ start: node.getStart(file), end: node.end, replacement });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
}

function edited(text, edits) {
  let made = '';
  let at = 0;
  for (const { start, end, replacement } of edits.sort((a, b) => a.start - b.start)) {
    made += text.slice(at, start) + replacement;
    at = end;
  }
  return made + text.slice(at);
}

/** TypeScript before 5.7 knows no type parameter of these; this is the default. */
const ARRAYS = /\b((?:Big)?(?:Ui|I)nt\d+(?:Clamped)?Array|Float(?:32|64)Array)<ArrayBufferLike>/g;

/** An example of a doc comment, up to the next tag or the end: the API reference shows them, and the pages have more. */
const EXAMPLE =
  /^[ \t]*\*\n[ \t]*\* @example\n(?:[ \t]*\*(?!\/| @).*\n)*|^[ \t]*\* @example\n(?:[ \t]*\*(?!\/| @).*\n)*/gm;

/** Declarations that name each file they import from once, and that older compilers read. */
export function declarationsOf(original) {
  const text = original.replace(ARRAYS, '$1').replace(EXAMPLE, '');
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
