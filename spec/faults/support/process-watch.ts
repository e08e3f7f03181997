/** What nobody catches: warnings (but those of times outside E37's ranges), errors and rejections. */
export class ProcessWatch {
  readonly seen: string[] = [];
  readonly #emitWarning = process.emitWarning.bind(process);
  readonly #onError = (error: unknown): void => {
    this.seen.push(`uncaught: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  };

  constructor() {
    // Replaced, as each warning would be printed with a stack: a run has a dozen of them.
    process.emitWarning = (warning: string | Error, options?: unknown): void => {
      if ((options as { code?: string } | undefined)?.code !== 'HSMS_SETTING_RANGE') {
        this.seen.push(`warning: ${String(warning)}`);
      }
    };
    process.on('warning', this.#onError);
    process.on('uncaughtException', this.#onError);
    process.on('unhandledRejection', this.#onError);
  }

  stop(): void {
    process.emitWarning = this.#emitWarning;
    process.off('warning', this.#onError);
    process.off('uncaughtException', this.#onError);
    process.off('unhandledRejection', this.#onError);
  }
}
