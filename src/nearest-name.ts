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

/** How many characters must be put in, left out or changed to get from one text to the other (Levenshtein). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const changed = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
