/** A text, and where its lines start. */
export class Lines {
  readonly text: string;
  readonly #starts: number[] = [0];

  constructor(text: string) {
    this.text = text;
    for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) this.#starts.push(i + 1);
  }

  /** Where a line starts, from 1; the end of the text for one beyond it. */
  startOf(line: number): number {
    return this.#starts[line - 1] ?? this.text.length;
  }

  /** `line 3, column 7` of an index. */
  placeOf(offset: number): string {
    let line = 1;
    while (this.startOf(line + 1) <= offset && line < this.#starts.length) line++;
    return `line ${line}, column ${offset - this.startOf(line) + 1}`;
  }
}
