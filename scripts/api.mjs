// The public interface as text: one file below spec/api for each entry point, made from the declarations of the sources.
// `npm run api` rewrites them; with --check it fails when one of them is not current.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = `${root}spec/api`;
const out = `${root}dist/esm`;
const { name: packageName, exports: subpaths } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

/** The entry points that have types, by the name a user imports. */
const entries = Object.entries(subpaths)
  .filter(([, targets]) => typeof targets === 'object')
  .map(([subpath, { import: target }]) => ({
    name: subpath.replace(/^\./, packageName),
    declarations: `${root}${target.types.replace('./', '')}`,
  }));

/** What `npm run build` would write as declarations: comments, private fields and what is marked internal left out. */
function declarations() {
  const { config } = ts.readConfigFile(`${root}tsconfig.build.json`, ts.sys.readFile);
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, root, {
    emitDeclarationOnly: true,
    declarationMap: false,
    removeComments: true,
    outDir: out,
  });
  const written = new Map();
  const program = ts.createProgram(fileNames, options);
  program.emit(undefined, (path, text) => written.set(path, text), undefined, true);
  return { options, written };
}

/** The same declarations, read again as a user's compiler reads them. */
function programOf({ options, written }) {
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile, directoryExists } = host;
  const folders = new Set([...written.keys()].map(dirname));
  host.fileExists = (path) => written.has(path) || fileExists(path);
  host.readFile = (path) => written.get(path) ?? readFile(path);
  host.directoryExists = (path) => folders.has(path) || directoryExists(path);
  host.getSourceFile = (path, language, ...rest) =>
    written.has(path)
      ? ts.createSourceFile(path, written.get(path), language, true)
      : getSourceFile(path, language, ...rest);
  return ts.createProgram(
    entries.map(({ declarations }) => declarations),
    { ...options, noEmit: true },
    host,
  );
}

const program = programOf(declarations());
const checker = program.getTypeChecker();
const printer = ts.createPrinter({ removeComments: true });

const unaliased = (symbol) =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;

/** The statements that declare a symbol in this package. */
const statementsOf = (symbol) =>
  [...new Set((symbol.declarations ?? []).map(statementOf))].filter(
    (node) => node !== undefined && node.getSourceFile().fileName.startsWith(out),
  );

function statementOf(node) {
  if (ts.isVariableDeclaration(node)) return node.parent.parent;
  return ts.isStatement(node) ? node : undefined;
}

const isPrivate = (member) =>
  (member.name !== undefined && ts.isPrivateIdentifier(member.name)) ||
  (ts.canHaveModifiers(member) &&
    ts.getModifiers(member)?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword));

function print(statement) {
  const shown = ts.isClassDeclaration(statement)
    ? ts.factory.updateClassDeclaration(
        statement,
        statement.modifiers,
        statement.name,
        statement.typeParameters,
        statement.heritageClauses,
        statement.members.filter((member) => !isPrivate(member)),
      )
    : statement;
  return printer.printNode(ts.EmitHint.Unspecified, shown, statement.getSourceFile());
}

/** The symbols of this package that a declaration names, but for those of a class's private members. */
function namedBy(node, found) {
  if (ts.isClassElement(node) && isPrivate(node)) return;
  if (ts.isIdentifier(node)) {
    const symbol = checker.getSymbolAtLocation(node);
    if (symbol !== undefined && statementsOf(unaliased(symbol)).length > 0) found.add(unaliased(symbol));
  }
  if (ts.isImportTypeNode(node)) {
    const { symbol } = checker.getTypeAtLocation(node);
    if (symbol !== undefined && statementsOf(symbol).length > 0) found.add(symbol);
  }
  ts.forEachChild(node, (child) => namedBy(child, found));
}

/** All that the declarations of `symbols` name, of what no entry point exports. */
function reached(symbols, exported) {
  const found = new Set();
  const waiting = [...symbols];
  for (let symbol = waiting.pop(); symbol !== undefined; symbol = waiting.pop()) {
    const named = new Set();
    for (const statement of statementsOf(symbol)) namedBy(statement, named);
    for (const one of named) {
      if (exported.has(one) || found.has(one)) continue;
      found.add(one);
      waiting.push(one);
    }
  }
  return found;
}

/** What an entry point adds to modules and globals of others. */
const augmentations = ({ declarations }) =>
  program
    .getSourceFile(declarations)
    .statements.filter((statement) => ts.isModuleDeclaration(statement) && !isExported(statement));

const isExported = (statement) =>
  ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;

const byName = (left, right) => (left[0] < right[0] ? -1 : left[0] > right[0] ? 1 : 0);

const exportsOf = ({ declarations }) => {
  const module = checker.getSymbolAtLocation(program.getSourceFile(declarations));
  return checker
    .getExportsOfModule(module)
    .map((symbol) => [symbol.name, unaliased(symbol)])
    .sort(byName);
};

function texts() {
  const exported = new Map(); // symbol -> the first entry point that exports it
  const all = entries.map((entry) => [entry.name, exportsOf(entry), augmentations(entry)]);
  for (const [name, symbols] of all) {
    for (const [, symbol] of symbols) if (!exported.has(symbol)) exported.set(symbol, name);
  }
  return all.map(([name, symbols, augmented]) => {
    const lines = [`What ${name} exports. Written by \`npm run api\`.`, ...augmented.map(print)];
    for (const [symbolName, symbol] of symbols) {
      const first = exported.get(symbol);
      if (first === name) lines.push(...statementsOf(symbol).map(print));
      else lines.push(`${symbolName}: as in ${first}`);
    }
    const own = symbols.map(([, symbol]) => symbol).filter((symbol) => exported.get(symbol) === name);
    const others = [...reached(own, exported)].map((symbol) => [symbol.name, symbol]).sort(byName);
    if (others.length > 0) lines.push('Not exported, but named by the declarations above:');
    for (const [, symbol] of others) lines.push(...statementsOf(symbol).map(print));
    return [`${name.replaceAll('/', '-')}.txt`, `${lines.join('\n\n')}\n`];
  });
}

const current = new Map(texts());
mkdirSync(folder, { recursive: true });
const present = readdirSync(folder).filter((name) => name.endsWith('.txt'));
const stale = [...new Set([...present, ...current.keys()])].filter(
  (name) => !present.includes(name) || readFileSync(`${folder}/${name}`, 'utf8') !== current.get(name),
);

if (process.argv.includes('--check')) {
  for (const name of stale)
    console.error(`spec/api/${name} is not current: run \`npm run api\` and commit it`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const name of present) if (!current.has(name)) rmSync(`${folder}/${name}`);
  for (const [name, text] of current) writeFileSync(`${folder}/${name}`, text);
}
