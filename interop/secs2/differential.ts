import { decodeItem, encodeItem, FormatCode, L, type Item, type ItemFormat } from '../../src/secs2/index.js';
import { Random } from '../../spec/fuzz/secs2/random.js';
import { shortestFloat32 } from '../../src/secs2/json/float-text.js';
import { encodeWithGoSecs, encodeWithSecsgem, shortestWithGo } from './peers.js';
import { RandomItems } from './random-items.js';
import { dissect, expected } from './tshark.js';

/** The value of an option such as `--count 1000`. */
function option(name: string, fallback: number): number {
  const index = process.argv.indexOf(`--${name}`);
  return index < 0 ? fallback : Number(process.argv[index + 1]);
}

let failures = 0;

function fail(message: string): void {
  failures++;
  if (failures <= 10) console.error(message);
}

/** Compares the bytes of a peer with ours, and what they decode to with the item they were made from. */
function compareBytes(peer: string, items: readonly Item[], theirs: readonly string[]): void {
  let compared = 0;
  if (theirs.length !== items.length) fail(`${peer} gave ${theirs.length} lines for ${items.length} items`);
  for (const [i, item] of items.entries()) {
    const hex = theirs[i] ?? '';
    if (hex === '-') continue;
    compared++;
    const ours = encodeItem(item).toString('hex');
    if (hex !== ours)
      fail(`${peer} differs on item ${i}: ${JSON.stringify(item)}\n  ours   ${ours}\n  theirs ${hex}`);
    else if (!decodeItem(Buffer.from(hex, 'hex')).equals(item))
      fail(`${peer}: item ${i} decodes to other values`);
  }
  if (compared < items.length / 3) fail(`${peer} took only ${compared} of ${items.length} items`);
  console.log(
    `${peer}: ${compared} of ${items.length} items are the same bytes, and decode to the same values`,
  );
}

const FORMAT_NAMES = new Map(
  Object.entries(FormatCode).map(([name, code]) => [code as number, name as ItemFormat]),
);

/** Compares what tshark shows of items with what they are. */
function compareDissection(items: readonly Item[]): void {
  const seen = dissect(items);
  let compared = 0;
  let values = 0;
  for (const [i, item] of items.entries()) {
    const wanted = expected(item);
    for (const [field, texts] of Object.entries(seen[i] ?? {})) {
      const theirs = texts.map((text) => normal(field, text)).filter((text) => text !== '');
      const ours = (wanted[field] ?? []).map((text) => normal(field, text)).filter((text) => text !== '');
      if (theirs.length !== ours.length || !theirs.every((text, k) => sameText(field, text, ours[k] ?? ''))) {
        fail(
          `tshark differs on item ${i}, ${field}: ${JSON.stringify(item)}\n  ours   ${ours.join(';')}\n  theirs ${texts.join(';')}`,
        );
      }
      values += theirs.length;
    }
    compared++;
  }
  if (values < items.length * 3) fail(`tshark showed only ${values} formats, lengths and values`);
  console.log(`tshark: ${values} formats, lengths and values of ${compared} items compared`);
}

function normal(field: string, text: string): string {
  if (text === '<MISSING>') return '';
  if (field.endsWith('.format') && text !== '') return FORMAT_NAMES.get(Number(text)) ?? text;
  if (field.endsWith('.binary')) return text.replaceAll(':', '');
  if (field.endsWith('.boolean'))
    return text === '1' || text === 'True' ? 'true' : text === '0' || text === 'False' ? 'false' : text;
  return text.replace(/^(-?)inf$/i, '$1Infinity').replace(/^-?nan$/i, 'NaN');
}

/** Whether two texts show the same value; of floats tshark shows a few digits only. */
function sameText(field: string, theirs: string, ours: string): boolean {
  if (theirs === ours) return true;
  if (!field.endsWith('.float') && !field.endsWith('.double')) return false;
  const [a, b] = [Number(theirs), Number(ours)];
  return Object.is(a, b) || Math.abs(a - b) <= Math.abs(b) * 1e-5;
}

/** Compares the shortest text of single-precision numbers with Go's: all powers of two, and random ones. */
function compareFloats(seed: number, count: number): void {
  const random = new Random(seed);
  const words: number[] = [];
  for (let exponent = 0; exponent < 255; exponent++)
    words.push(exponent << 23, (exponent << 23) + 1, (exponent << 23) | 0x7fffff);
  while (words.length < count) words.push(random.next() & 0x7fffffff);
  const finite = words.filter((word) => (word & 0x7f800000) !== 0x7f800000);
  const view = new DataView(new ArrayBuffer(4));
  const theirs = shortestWithGo(finite.map((word) => word.toString(16).padStart(8, '0')));
  for (const [i, word] of finite.entries()) {
    view.setUint32(0, word);
    const ours = shortestFloat32(view.getFloat32(0));
    // Where two texts are as short and as close, either will do.
    const same = digits(ours) === digits(theirs[i] ?? '') && Math.fround(Number(ours)) === view.getFloat32(0);
    if (!same) fail(`0x${word.toString(16)} prints as ${ours}, by Go as ${theirs[i]}`);
  }
  console.log(`Go: ${finite.length} single-precision numbers have a text as short as Go's, which reads back`);
}

/** How many digits of a number's text count. */
function digits(text: string): number {
  return text.replace(/e.*/, '').replace('.', '').replace(/^0+/, '').replace(/0+$/, '').length;
}

const count = option('count', 2000);
const seed = option('seed', (Date.now() ^ process.pid) >>> 0);
console.log(`differential secs2: ${count} items, seed ${seed} (again with --seed ${seed})`);
const source = new RandomItems(seed);
const items = Array.from({ length: count }, () => source.item());
const json = items.map((item) => JSON.stringify(item));
compareBytes('secsgem', items, encodeWithSecsgem(json));
compareBytes('go-secs', items, encodeWithGoSecs(json));
compareFloats(seed, count * 10);
// tshark shows values as text in one row: what that text cannot carry is left out of the sample.
compareDissection(
  items
    .filter(isShown)
    .slice(0, option('sample', 500))
    .map((item) => L(item)),
);
if (failures > 0) {
  console.error(`${failures} differences`);
  process.exitCode = 1;
}

function isShown(item: Item): boolean {
  if (item.format === 'L') return item.items.every(isShown);
  if (item.format === 'A') return /^[ !#-:<-[\]-~]*$/.test(item.values);
  return item.format !== 'J' && item.format !== 'C2' && item.byteLength < 200;
}
