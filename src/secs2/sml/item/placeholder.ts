/** What programs put values in place of: `${LotId}`, `{0}`, `{{lot}}`, `$LOT`, `%LOT%`, `%s`. */
const PLACEHOLDER =
  /^(?:\$\{[\w.:\- ]{1,80}\}|\{[\w.:\- ]{1,80}\}|\{\{[\w.:\- ]{1,80}\}\}|\$[A-Za-z_]\w{0,80}|%[A-Za-z_]\w{0,80}%|%\d{0,3}[dfisux])$/;

/** Whether text without quotes stands for a value that a program fills in. */
export function isPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text);
}
