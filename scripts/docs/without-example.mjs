// The exports that a program can use at run time and that show no example of it.
import { createRequire } from 'node:module';
import { relative } from 'node:path';

const ts = createRequire(import.meta.url)('typescript');

/** The catalogue: 534 messages and 600 data items, which all are used alike. */
const CATALOGUE = /^src\/e5\/(streams|items)\//;

/**
 * Each class, function and constant that an entry point exports, without an example in its doc comment or in that of a member.
 *
 * @param doors the sources of the entry points
 */
export function withoutExample(root, doors) {
  const { config } = ts.readConfigFile(`${root}tsconfig.build.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root, { noEmit: true });
  const program = ts.createProgram(
    doors.map((door) => `${root}${door}`),
    options,
  );
  const checker = program.getTypeChecker();
  const exported = doors.flatMap((door) =>
    checker
      .getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(`${root}${door}`)))
      .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol)),
  );
  return [...new Set(exported)]
    .filter((symbol) => symbol.flags & ts.SymbolFlags.Value)
    .flatMap((symbol) => {
      const path = relative(root, symbol.declarations[0].getSourceFile().fileName);
      const shown = CATALOGUE.test(path) || symbol.declarations.some(hasExample);
      return shown ? [] : [`${path}: ${symbol.name} is exported and has no example`];
    });
}

function hasExample(declaration) {
  let statement = declaration;
  while (!ts.isStatement(statement)) statement = statement.parent;
  const text = statement.getFullText();
  const comments = ts.isClassDeclaration(statement) ? text : text.slice(0, statement.getLeadingTriviaWidth());
  return comments.includes('@example');
}
