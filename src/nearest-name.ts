/** No name is longer than this, so nothing that is has one nearby. */
const LONGEST = 60;

/** The name that somebody may have meant; undefined where none is near. */
export function nearestName(given: string, names: readonly string[]): string | undefined {
  if (given.length > LONGEST) return undefined;
  const folded = fold(given);
  const same = names.find((name) => fold(name) === folded);
  if (same !== undefined) return same;
  let nearest: string | undefined;
  let least = Math.max(1, Math.floor(folded.length / 3)) + 1;
  for (const name of names) {
    const distance = editDistance(folded, fold(name));
    if (distance < least) {
      least = distance;
      nearest = name;
    }
  }
  return nearest ?? names.find((name) => folded.length > 3 && fold(name).startsWith(folded));
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** How many names an error lists. */
const LISTED = 20;

/** What an error says of a name that is not known: the one that may have been meant, or those that there are. */
export function nameHint(given: string, known: Iterable<string>): string {
  const names = [...known];
  const near = nearestName(given, names);
  if (near !== undefined) return `: did you mean ${near}?`;
  if (names.length === 0) return ': it has none';
  const more = names.length > LISTED ? ` and ${names.length - LISTED} more` : '';
  return `: it has ${names.slice(0, LISTED).join(', ')}${more}`;
}

/**
 * How many characters must be put in, left out, changed or swapped with their neighbour to get from one text to the other
 * (Damerau-Levenshtein, each place edited once).
 */
function editDistance(from: string, to: string): number {
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const changed = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      const isSwapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      const swapped = isSwapped ? (before[j - 2] ?? 0) + 1 : Infinity;
      next.push(Math.min(changed, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[to.length] ?? 0;
}
