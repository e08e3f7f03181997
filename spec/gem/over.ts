import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sessionsMade, useTransport, type TransportName } from './transport';

/**
 * Runs the suites of folders, and of those in them, once more, over another transport: those that make sessions by `transport.ts`, as
 * they are. Nothing of a suite is copied.
 */
export function over(name: TransportName, ...folders: readonly string[]): void {
  const suites = folders.flatMap(suitesOf);
  describe(`over ${name}`, () => {
    beforeAll(() => useTransport(name));
    for (const suite of suites) jest.requireActual(suite);

    it('makes its sessions there, and nowhere else', () => {
      expect(suites.length).toBeGreaterThan(0);
      expect(Object.entries(sessionsMade).filter(([, count]) => count > 0)).toEqual([
        [name, expect.any(Number)],
      ]);
    });
  });
}

function suitesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.spec.ts') && !/^(on-|.*\.long\.)/.test(file))
    .map((file) => join(folder, file))
    .filter((file) => makesSessions(readFileSync(file, 'utf8')))
    .sort();
}

/** By `transport.ts`, or by what makes them by it. */
const makesSessions = (text: string): boolean =>
  /from '[./\w]*\/(transport|bed|run-pair|oracle|harm|fuzz)'/.test(text);
