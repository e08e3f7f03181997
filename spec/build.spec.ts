import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const slim = join(__dirname, '../scripts/slim.mjs');
const reachable = join(__dirname, '../scripts/reachable.mjs');

/** The value of an expression that knows scripts/slim.mjs, an ES module, as `slim`. */
function evaluate(expression: string): unknown {
  const code = `import * as slim from ${JSON.stringify(slim)}; console.log(JSON.stringify(${expression}))`;
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' }),
  );
}

/** What a function of scripts/slim.mjs makes of its arguments. */
const call = (name: string, ...args: readonly (boolean | string | readonly string[])[]): unknown =>
  evaluate(`slim[${JSON.stringify(name)}](...${JSON.stringify(args)})`);

describe('what the build makes of modules', () => {
  it('makes one module of several, with what all of them import', () => {
    const made = call('joined', [
      "import { item } from '../make.js';\nimport { ID } from './formats.js';\nexport const A = item('A', ID);\n",
      "import { item, value } from '../make.js';\nexport const B = value('B', item);\n",
    ]);
    expect(made).toBe(
      "import { item, value } from '../make.js';\nimport { ID } from './formats.js';\n\nexport const A = item('A', ID);\n\n\nexport const B = value('B', item);\n",
    );
  });

  it('makes the body of a message when it is asked for, on the same line', () => {
    const module =
      "export const M = message('S1F5', 'T', { reply: () => N, body: list({\n\tbody: A,\n}), sources: 1 });\n";
    expect(call('withBodiesLater', module)).toBe(
      "export const M = message('S1F5', 'T', { reply: () => N, get body() { return list({\n\tbody: A,\n}); }, sources: 1 });\n",
    );
  });

  it('takes comments and empty lines out, and leaves what only looks like them', () => {
    const module = [
      '/** Docs. */',
      'export const url = "http://x/*y*/"; // an address',
      '',
      'export function f(a) {',
      '    /* why */',
      '    const r = /[/*]\\/\\/*/.test(a);',
      '    return `',
      '    // kept',
      '',
      '        ${/* gone */ r} /* kept */`;',
      '}',
      '/* @__PURE__ */ f(1);',
      '',
    ].join('\n');
    expect(call('withoutComments', module)).toBe(
      [
        'export const url = "http://x/*y*/";',
        'export function f(a) {',
        '\tconst r = /[/*]\\/\\/*/.test(a);',
        '\treturn `',
        '    // kept',
        '',
        '        ${ r} /* kept */`;',
        '}',
        '/* @__PURE__ */ f(1);',
        '',
      ].join('\n'),
    );
  });

  it('makes CommonJS of a module line for line', () => {
    const text = call(
      'commonJsOf',
      [
        "import zlib, { a, b as c } from 'node:zlib';",
        "import * as all from './all.js';",
        "import './first.js';",
        "export { d, e as f } from './d.js';",
        "export * from './g.js';",
        'export const [h, { i }] = [a(), c()];',
        'export async function j() {',
        "\treturn (await import('./k.js')).k(all, zlib);",
        '}',
        'class L {}',
        'export { L, L as M };',
        '',
      ].join('\n'),
      'esm/x/b.js',
    );
    expect(text).toBe(
      [
        "'use strict'; const zlib = require('node:zlib'); const { a, b: c } = require('node:zlib');",
        "const all = require('./all.js');",
        "require('./first.js');",
        "const { d, e: f } = require('./d.js');",
        '',
        'const [h, { i }] = [a(), c()];',
        'async function j() {',
        "\treturn (await Promise.resolve().then(() => require('./k.js'))).k(all, zlib);",
        '}',
        'class L {}',
        "module.exports = { d, f, ...require('./g.js'), h, i, j, L, M: L };",
        '',
      ].join('\n'),
    );
  });

  it('tells compiled modules at the entry points that these are modules', () => {
    const door = call('commonJsOf', 'export const a = 1;\n', 'esm/index.js', true);
    expect(door).toContain("Object.defineProperty(module.exports, '__esModule', { value: true });");
  });

  it('refuses what it knows no CommonJS for', () => {
    const refused = ['export default 1;', 'export let a = 1;', "import d from 'other';"];
    const tried = `${JSON.stringify(refused)}.map((text) => {
      try { return slim.commonJsOf(text, 'esm/a.js'); } catch ({ message }) { return message; }
    })`;
    expect(evaluate(tried)).toEqual([
      expect.stringContaining('esm/a.js: there are no default exports'),
      expect.stringContaining('esm/a.js: only constants are exported: export let a'),
      'the default of other is unknown',
    ]);
  });

  it('leaves modules out that only declare types', () => {
    const texts = ['export {};\n', 'export { };\n', '\n', "import './a.js';\nexport {};\n"];
    expect(evaluate(`${JSON.stringify(texts)}.map(slim.isEmpty)`)).toEqual([true, true, true, false]);
  });

  it('takes blanks out that nothing needs, line for line, and leaves those of texts', () => {
    const texts = [
      ['f(() => {\n\treturn `a\n\tb ${ c }\n\td`;\n\t});\n', 'f(()=>{\nreturn`a\n\tb ${c}\n\td`;\n});\n'],
      ["const { a, b: c } = require('./a.js');", "const{a,b:c}=require('./a.js');"],
      ['x = a + +b - -c + ++d;', 'x=a+ +b- -c+ ++d;'],
      ['y = 1 .toString() + 2. / /x/.source;', 'y=1 .toString()+2. / /x/.source;'],
      ["if (typeof a === 'x' && 'b' in a) return void 0;", "if(typeof a==='x'&&'b'in a)return void 0;"],
      [
        'class A extends B { static #x = 1; get y() { return A.#x; } }',
        'class A extends B{static #x=1;get y(){return A.#x;}}',
      ],
      ['for (const e of [1, 2]) await (async () => e)();', 'for(const e of[1,2])await(async()=>e)();'],
      ['z = a ? .5 : b ?? c;', 'z=a? .5:b??c;'],
      ['w = a < !--b;', 'w=a< !--b;'],
    ];
    const sources = JSON.stringify(texts.map(([source]) => source));
    expect(evaluate(`${sources}.map(slim.squeezed)`)).toEqual(texts.map(([, made]) => made));
  });

  it('leaves the examples of doc comments to the API reference', () => {
    const text =
      '/**\n * What.\n *\n * @example\n * ```ts\n * f();\n *\n * g();\n * ```\n * @throws E\n */\nexport declare function f(): void;\n';
    expect(call('declarationsOf', text)).toBe(
      '/**\n * What.\n * @throws E\n */\nexport declare function f(): void;\n',
    );
  });

  it('names each file of a declaration once', () => {
    const type = 'import("./a.js").A';
    expect(
      call('declarationsOf', `export declare const x: [${type}, ${type}, ${type}, import("./b.js").B];`),
    ).toBe(
      'import type * as m0 from "./a.js";\nexport declare const x: [m0.A, m0.A, m0.A, import("./b.js").B];',
    );
  });

  it('writes the type of a constant once', () => {
    const reply =
      'Message<List<{\n    readonly mdln: Node<string>;\n    readonly softrev: Node<string>;\n}>>';
    const before = `export declare const S1F1: Message<undefined, ${reply}>;\nexport declare const S1F2: ${reply};\n`;
    const made = String(call('declarationsOf', before));
    expect(made).toContain('S1F1: Message<undefined, typeof S1F2>;\n');
    expect(made).toContain(
      'S1F2: Message<List<{\n\treadonly mdln: Node<string>;\n\treadonly softrev: Node<string>;\n}>>;\n',
    );
  });
});

describe('which declarations are shipped', () => {
  /** What scripts/reachable.mjs leaves of files, from the entry point `index.d.ts`. */
  function left(files: Readonly<Record<string, string>>): Record<string, string> {
    const code = `import { reachable } from ${JSON.stringify(reachable)};
      const left = reachable(new Map(Object.entries(${JSON.stringify(files)})), ['index.d.ts']);
      console.log(JSON.stringify(Object.fromEntries(left)));`;
    const args = ['--input-type=module', '-e', code];
    return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Record<string, string>;
  }

  it('leaves what the entry points export, and what that is made of', () => {
    expect(
      left({
        'index.d.ts': "export { A, type B as C } from './a.js';\nexport * from './s.js';\n",
        'a.d.ts': [
          "import { type D, type E } from './d.js';",
          "import type * as m from './m.js';",
          '/** A, in words. */',
          'export interface A extends D {',
          '    E: m.M;',
          "    readonly f: import('./f.js').F;",
          '}',
          'export type B = Local;',
          'type Local = string;',
          'type Other = E;',
          'export declare const unused: Other;',
          '',
        ].join('\n'),
        'd.d.ts': 'export interface D {\n}\nexport interface E {\n}\n',
        'm.d.ts': 'export type M = 1;\nexport type N = 2;\n',
        'f.d.ts': 'export type F = typeof value;\ndeclare const value: 1;\n',
        's.d.ts': "import type { Far } from 'far';\nexport declare function s(far: Far): void;\n",
        'nobody.d.ts': 'export type Nobody = 1;\n',
      }),
    ).toEqual({
      'index.d.ts': "export { A, type B as C } from './a.js';\nexport * from './s.js';\n",
      'a.d.ts': [
        "import { type D } from './d.js';",
        "import type * as m from './m.js';",
        '/** A, in words. */',
        'export interface A extends D {',
        '    E: m.M;',
        "    readonly f: import('./f.js').F;",
        '}',
        'export type B = Local;',
        'type Local = string;',
        '',
      ].join('\n'),
      'd.d.ts': 'export interface D {\n}\n',
      'm.d.ts': 'export type M = 1;\n',
      'f.d.ts': 'export type F = typeof value;\ndeclare const value: 1;\n',
      's.d.ts': "import type { Far } from 'far';\nexport declare function s(far: Far): void;\n",
    });
  });

  it('leaves what adds to the types of others, and all statements of one name', () => {
    const files = {
      'index.d.ts':
        "import './more.js';\nexport declare function f(a: string): void;\nexport declare function f(a: number): void;\n",
      'more.d.ts': [
        "import type { T } from './t.js';",
        "declare module '@jest/expect' {",
        '    interface Matchers {',
        '        toBeT(t: T): void;',
        '    }',
        '}',
        'export {};',
        '',
      ].join('\n'),
      't.d.ts': 'export type T = 1;\n',
    };
    expect(Object.keys(left(files))).toEqual(['index.d.ts', 'more.d.ts', 't.d.ts']);
    expect(left(files)['index.d.ts']).toContain('f(a: number)');
  });
});
