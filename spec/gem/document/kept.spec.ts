import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { keptDocuments, root } from './kept';

it.each(Object.entries(keptDocuments))('%s is current; if not: npm run docs:gem', (path, text) => {
  expect(readFileSync(resolve(root, path), 'utf8')).toBe(text);
});
