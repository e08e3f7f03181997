// What of the declarations can be reached from the entry points: all that a program is given, and all that this is made of.
import { createRequire } from 'node:module';
import { posix } from 'node:path';

const ts = createRequire(import.meta.url)('typescript');
const { SyntaxKind } = ts;

/**
 * Takes out what nobody can reach: files, statements, and names that are imported for these alone.
 *
 * @param texts the declaration files by path
 * @param doors the paths of the entry points
 */
export function reachable(texts, doors) {
  const modules = new Map([...texts].map(([path, text]) => [path, moduleOf(path, text)]));
  const keep = new Keep(modules);
  for (const door of doors) keep.everything(door);
  for (const module of modules.values()) if (module.augments.length > 0) keep.augmentations(module);
  return new Map(
    [...modules.values()].filter(({ kept }) => kept.size > 0).map((module) => [module.path, textOf(module)]),
  );
}

/** A file as statements, and what its names mean. */
function moduleOf(path, text) {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const module = {
    path,
    file,
    declared: new Map(),
    imported: new Map(),
    passedOn: new Map(),
    stars: [],
    augments: [],
    kept: new Map(),
  };
  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement)) readImport(module, statement);
    else if (ts.isExportDeclaration(statement)) readExport(module, statement);
    else if (ts.isModuleDeclaration(statement) && !ts.isIdentifier(statement.name))
      module.augments.push(statement);
    else if (ts.isModuleDeclaration(statement) && statement.name.text === 'global')
      module.augments.push(statement);
    else
      for (const name of namesOf(statement)) {
        module.declared.set(name, [...(module.declared.get(name) ?? []), statement]);
      }
  }
  return module;
}

function readImport({ path, imported }, statement) {
  const from = targetOf(path, statement.moduleSpecifier);
  const { name, namedBindings } = statement.importClause ?? {};
  if (name !== undefined) imported.set(name.text, { statement, specifier: name, from, name: 'default' });
  if (namedBindings === undefined) return;
  if (ts.isNamespaceImport(namedBindings)) {
    imported.set(namedBindings.name.text, { statement, specifier: namedBindings, from });
    return;
  }
  for (const specifier of namedBindings.elements) {
    const original = (specifier.propertyName ?? specifier.name).text;
    imported.set(specifier.name.text, { statement, specifier, from, name: original });
  }
}

function readExport({ path, passedOn, stars }, statement) {
  const { exportClause, moduleSpecifier } = statement;
  const from = moduleSpecifier && targetOf(path, moduleSpecifier);
  if (exportClause === undefined) stars.push({ statement, from });
  else
    for (const specifier of exportClause.elements) {
      const original = (specifier.propertyName ?? specifier.name).text;
      passedOn.set(specifier.name.text, { statement, specifier, from, name: original });
    }
}

/** The path of the declarations of a file of ours, and nothing for a package. */
function targetOf(path, { text }) {
  return text.startsWith('.') ? posix.join(posix.dirname(path), text).replace(/\.js$/, '.d.ts') : undefined;
}

const namesOf = (statement) =>
  ts.isVariableStatement(statement)
    ? statement.declarationList.declarations.map(({ name }) => name.text)
    : [statement.name.text];

/** Marks what is needed: of a module, statements and, of those that import or pass on, the names. */
class Keep {
  #modules;

  constructor(modules) {
    this.#modules = modules;
  }

  /** All that a module exports. */
  everything(path) {
    const module = this.#module(path);
    for (const [name, statements] of module.declared)
      if (statements.some(isExported)) this.exported(path, name);
    for (const name of module.passedOn.keys()) this.exported(path, name);
    for (const { statement, from } of module.stars) {
      mark(module, statement);
      if (from !== undefined) this.everything(from);
    }
  }

  augmentations(module) {
    for (const statement of module.augments) {
      if (mark(module, statement)) this.#namesWithin(module, statement);
    }
  }

  /** What a module exports by a name; whether it does. */
  exported(path, name) {
    const module = this.#module(path);
    if (module.declared.has(name)) {
      this.#local(module, name);
      return true;
    }
    const passed = module.passedOn.get(name);
    if (passed !== undefined) {
      if (mark(module, passed.statement, passed.specifier)) this.#follow(module, passed);
      return true;
    }
    return module.stars.some(({ statement, from }) => {
      if (from === undefined || !this.exported(from, name)) return false;
      mark(module, statement);
      return true;
    });
  }

  #follow(module, { from, name }) {
    if (from !== undefined) this.exported(from, name);
    else if (module.declared.has(name) || module.imported.has(name)) this.#local(module, name);
  }

  /** What a name means within a module. */
  #local(module, name, member) {
    for (const statement of module.declared.get(name) ?? []) {
      if (mark(module, statement)) this.#namesWithin(module, statement);
    }
    const binding = module.imported.get(name);
    if (binding === undefined) return;
    mark(module, binding.statement, binding.specifier);
    if (binding.from === undefined) return;
    if (binding.name !== undefined) this.exported(binding.from, binding.name);
    else if (member !== undefined) this.exported(binding.from, member);
    else this.everything(binding.from);
  }

  #namesWithin(module, node) {
    if (ts.isImportTypeNode(node)) this.#inPlace(module, node);
    else if (ts.isQualifiedName(node) && ts.isIdentifier(node.left)) {
      this.#local(module, node.left.text, node.right.text);
      return;
    } else if (ts.isIdentifier(node) && !isNameOfMember(node)) this.#local(module, node.text);
    ts.forEachChild(node, (child) => this.#namesWithin(module, child));
  }

  /** `import('./x.js').X` */
  #inPlace(module, { argument, qualifier }) {
    const from = targetOf(module.path, argument.literal);
    if (from === undefined) return;
    if (qualifier === undefined) return this.everything(from);
    let first = qualifier;
    while (ts.isQualifiedName(first)) first = first.left;
    this.exported(from, first.text);
  }

  #module(path) {
    const module = this.#modules.get(path);
    if (module === undefined) throw new Error(`no declarations at ${path}`);
    return module;
  }
}

const isExported = ({ modifiers }) =>
  modifiers?.some(({ kind }) => kind === SyntaxKind.ExportKeyword) === true;

const isNameOfMember = (node) =>
  node.parent.name === node &&
  (ts.isTypeElement(node.parent) || ts.isClassElement(node.parent) || ts.isParameter(node.parent));

/** Whether it was not marked before. */
function mark({ kept }, statement, specifier = statement) {
  const parts = kept.get(statement) ?? new Set();
  if (parts.has(specifier)) return false;
  kept.set(statement, parts.add(specifier));
  return true;
}

function textOf({ file, kept }) {
  const pieces = [];
  for (const statement of file.statements) {
    const parts = kept.get(statement);
    if (parts !== undefined) pieces.push(pieceOf(file, statement, parts));
  }
  const text = `${pieces.join('').trim()}\n`;
  // Without a statement that says so, all of it would be global.
  return file.statements.some((statement) => kept.has(statement) && isOfModule(statement))
    ? text
    : `${text}export {};\n`;
}

const isOfModule = (statement) =>
  ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement) || isExported(statement);

function pieceOf(file, statement, parts) {
  const elements = statement.importClause?.namedBindings?.elements ?? statement.exportClause?.elements;
  const whole = statement.getFullText(file);
  if (elements === undefined || elements.every((element) => parts.has(element))) return whole;
  const start = statement.getFullStart();
  const names = elements.filter((element) => parts.has(element)).map((element) => element.getText(file));
  return `${whole.slice(0, elements.pos - start)} ${names.join(', ')} ${whole.slice(elements.end - start).trimStart()}`;
}
