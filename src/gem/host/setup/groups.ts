/** What is to be done about a refusal (G-113). */
export type Repair =
  /** What stood in the way is gone: the same once more. */
  | 'again'
  /** In two halves. */
  | 'halve'
  /** One by one, so that the bad one costs itself. */
  | 'each';

/** How entries are sent, and what becomes of refusals. */
export interface GroupSender<T> {
  /** Sends some entries; the code of the acknowledge, 0 for done. */
  send(entries: readonly T[]): Promise<number>;
  /** What to do about a code that is not 0. What it has to send for that it sends itself. */
  repair(code: number, entries: readonly T[]): Promise<Repair> | Repair;
  /** An entry was refused for good. */
  refused(entry: T, code: number): void;
}

/** Sends entries in groups; a group that is refused is repaired, halved or taken apart, so that each bad entry costs itself. */
export async function sendInGroups<T>(
  entries: readonly T[],
  size: number,
  sender: GroupSender<T>,
): Promise<void> {
  const groups: { readonly entries: readonly T[]; readonly repaired: boolean }[] = [];
  for (let i = 0; i < entries.length; i += size)
    groups.push({ entries: entries.slice(i, i + size), repaired: false });
  for (let group = groups.shift(); group !== undefined; group = groups.shift()) {
    const { entries: some, repaired } = group;
    const code = await sender.send(some);
    if (code === 0) continue;
    const repair = await sender.repair(code, some);
    if (repair === 'again' && !repaired) groups.unshift({ entries: some, repaired: true });
    else if (some.length === 1) some.forEach((entry) => sender.refused(entry, code));
    else if (repair === 'halve') {
      const half = Math.ceil(some.length / 2);
      groups.unshift(
        { entries: some.slice(0, half), repaired: false },
        { entries: some.slice(half), repaired: false },
      );
    } else groups.unshift(...some.map((entry) => ({ entries: [entry], repaired: false })));
  }
}
