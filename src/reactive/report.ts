/** Takes an error that a subscriber, listener or delegate method threw, or that its promise rejected with. */
export type ErrorReporter = (error: unknown, where: string) => void;

/** The default: print the error with its stack on standard error. It cannot fail. */
export const reportOnConsole: ErrorReporter = (error, where) => {
  console.error(`rxsecs: ${where} failed:`, error);
};

/** Calls `report`; should that throw itself, both errors are printed. */
export function reportSafely(report: ErrorReporter, error: unknown, where: string): void {
  try {
    report(error, where);
  } catch (reporterError) {
    reportOnConsole(error, where);
    reportOnConsole(reporterError, 'the error reporter');
  }
}

/** Calls `report` should `result` be a promise that rejects. */
export function reportRejection(result: unknown, report: ErrorReporter, where: string): void {
  if (typeof result !== 'object' || result === null || !('then' in result)) return;
  void Promise.resolve(result).catch((error: unknown) => reportSafely(report, error, where));
}
