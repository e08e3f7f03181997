import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 };

/**
 * Turns the TypeScript of `folder` and of its subfolders `support`, `speed` and `line` into JavaScript in a new temporary folder, so that
 * no measured process carries a compiler in its heap.
 */
export function compile(folder: string): { readonly outDir: string; readonly remove: () => void } {
  const outDir = mkdtempSync(join(tmpdir(), 'rxsecs-bench-'));
  for (const part of ['.', 'support', 'speed', 'line']) {
    mkdirSync(join(outDir, part), { recursive: true });
    for (const file of readdirSync(join(folder, part))) {
      if (!file.endsWith('.ts')) continue;
      const source = readFileSync(join(folder, part, file), 'utf8');
      const { outputText } = transpileModule(source, { compilerOptions, fileName: file });
      writeFileSync(join(outDir, part, `${basename(file, '.ts')}.js`), outputText);
    }
  }
  return { outDir, remove: () => rmSync(outDir, { recursive: true, force: true }) };
}
