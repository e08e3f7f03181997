import { transformSync } from '@swc/core';

/** A TypeScript program as CommonJS that this Node runs. Its types are not checked. */
export function transpile(program: string): string {
  return transformSync(program, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
    swcrc: false,
  }).code;
}
