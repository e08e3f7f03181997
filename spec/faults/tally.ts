import type { RunHistory } from './history.js';

type Counts = Map<string, number>;

function count(counts: Counts, name: string, by = 1): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}

/** What many runs had in them: numbers that show that the faults were there, and what came of them. */
export class Tally {
  runs = 0;
  readonly kinds: Counts = new Map();
  readonly faults: Counts = new Map();
  readonly reasons: Counts = new Map();
  readonly outcomes: Counts = new Map();
  links = 0;
  sent = 0;
  received = 0;
  /** How long recovery took, in milliseconds and as a part of what it may take. */
  readonly #recoveries: { readonly ms: number; readonly part: number }[] = [];

  add(run: RunHistory): void {
    this.runs++;
    count(this.kinds, run.plan.kind);
    for (const life of run.lives) for (const fault of life.faults) count(this.faults, fault);
    for (const { lives, requests } of Object.values(run.entities)) {
      this.links += lives.length;
      for (const life of lives) {
        this.sent += life.sent.length;
        this.received += life.received.length;
        count(this.reasons, life.reasons[0]?.kind ?? 'none');
      }
      for (const { outcome } of requests) count(this.outcomes, outcome ?? 'none');
    }
    const { recovery, plan } = run;
    if (recovery?.ms !== undefined && plan.kind !== 'steady') {
      this.#recoveries.push({ ms: recovery.ms, part: recovery.ms / recovery.boundMs });
    }
  }

  /** One line for each thing that was counted. */
  lines(): string[] {
    const ms = this.#recoveries.map((recovery) => recovery.ms).sort((a, b) => a - b);
    const within = this.#recoveries.filter(({ part }) => part <= 1).length;
    return [
      `runs: ${this.runs} (${print(this.kinds)})`,
      `faults that struck: ${print(this.faults)}`,
      `connections, both sides: ${this.links}, ended by: ${print(this.reasons)}`,
      `messages: ${this.sent} sent, ${this.received} received`,
      `requests: ${print(this.outcomes)}`,
      ...(ms.length === 0
        ? []
        : [
            `recovery after the faults, ms: p50 ${at(ms, 0.5).toFixed(0)}, p99 ${at(ms, 0.99).toFixed(0)}, most ${at(ms, 1).toFixed(0)}; ` +
              `${within} of ${ms.length} within the bound, the others within it from when the machine last paused`,
          ]),
    ];
  }
}

function at(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

function print(counts: Counts): string {
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([name, number]) => `${name} ${number}`)
    .join(', ');
}
