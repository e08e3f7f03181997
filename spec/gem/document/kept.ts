// The documents of examples/gem-equipment.ts, as docs/ keeps them. `npm run docs:gem` writes them.
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { complianceStatement, interfaceManual } from 'rxsecs/gem';
import { etcher } from '../../../examples/gem-equipment';

export const root = resolve(__dirname, '../../..');

/** Path below the root → what the file must hold. */
export const keptDocuments: Readonly<Record<string, string>> = {
  'docs/gem-etcher-manual.md': interfaceManual(etcher),
  'docs/gem-etcher-manual.html': interfaceManual(etcher, { format: 'html' }),
  'docs/gem-etcher-compliance.md': complianceStatement(etcher),
};

if (require.main === module) {
  for (const [path, text] of Object.entries(keptDocuments)) writeFileSync(resolve(root, path), text);
}
