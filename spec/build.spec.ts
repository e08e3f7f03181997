import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const slim = join(__dirname, '../scripts/slim.mjs');

/** What a function of scripts/slim.mjs, an ES module, makes of its arguments. */
function call(name: string, ...args: readonly string[]): unknown {
  const code = `import * as slim from ${JSON.stringify(slim)}; console.log(JSON.stringify(slim[${JSON.stringify(name)}](...${JSON.stringify(args)})))`;
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' }),
  );
}

describe('what the build makes of modules', () => {
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

  it('maps each line of CommonJS to that of the module', () => {
    const made = call(
      'commonJsOf',
      'import { a } from "./a.js";\nexport const b = a;\n',
      'esm/x/b.js',
      'cjs/x/b.js',
    );
    const { text, map } = made as { text: string; map: string };
    expect(text).toContain('exports.b = a_js_1.a;');
    expect(JSON.parse(map)).toMatchObject({ version: 3, sources: ['../../esm/x/b.js'] });
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
