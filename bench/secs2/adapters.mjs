// The same rows for each library: what is built, and how it is encoded, decoded and read.

const u4 = Uint32Array.from({ length: 10_000 }, (_, i) => i * 77_777);
const f8 = Float64Array.from({ length: 10_000 }, (_, i) => i * 1.1);
const bytes = Buffer.alloc(1 << 20);

const s1f2 = ({ L, A }) => L(A('MDLN-A'), A('1.0.0'));

function s6f11({ L, A, U4, F8 }) {
  const values = [];
  for (let i = 0; i < 20; i++)
    values.push(i % 3 === 0 ? U4(i * 1000) : i % 3 === 1 ? F8(i * 1.5) : A('ABCDEFGHIJKLMNOP'));
  return L(U4(1), U4(1001), L(L(U4(2001), L(...values))));
}

function rows({ L, A, U4, F4 }) {
  const lists = [];
  for (let i = 0; i < 1000; i++) lists.push(L(A('WAFER-01'), U4(i), F4(i / 2)));
  return L(...lists);
}

/** The operations of one row. */
function codec(build, encode, decode, read) {
  const item = build();
  const encoded = encode(item);
  return {
    'build+encode': () => encode(build()),
    encode: () => encode(item),
    decode: () => decode(encoded),
    'decode+read': () => read(decode(encoded)),
  };
}

async function rxsecs() {
  const s = await import('../../dist/esm/secs2/index.js');
  const { encodeItem: encode, decodeItem: decode } = s;
  let sink = 0;
  // Takes every scalar and text of a tree, and the values of an array.
  const read = (item) => {
    switch (item.format) {
      case 'L':
        for (const child of item.items) read(child);
        break;
      case 'A':
        sink ^= item.ascii.length;
        break;
      case 'U4':
        sink ^= item.u4[0];
        break;
      case 'F4':
        sink ^= item.f4[0];
        break;
      case 'F8':
        sink ^= item.f8[0];
        break;
      default:
        sink ^= item.binary[0];
    }
    return sink;
  };
  const row = (build) => codec(build, encode, decode, read);
  const event = s6f11(s);
  const text = `${s.printMessage(s.S(6, 11).w(event))}\n`;
  return {
    S1F2: row(() => s1f2(s)),
    S6F11: row(() => s6f11(s)),
    U4: row(() => s.U4(u4)),
    F8: row(() => s.F8(f8)),
    B: row(() => s.B(bytes)),
    Rows: row(() => rows(s)),
    SML: { print: () => s.printItem(event), parse: () => s.parseMessages(text) },
    Floor: floor(),
  };
}

/** What no codec can beat: a fresh buffer, a block copy, and the bytes swapped in place. */
function floor() {
  const of = (values, size) => {
    const source = new Uint8Array(values.buffer);
    const swap = size === 4 ? (b) => b.swap32() : size === 8 ? (b) => b.swap64() : (b) => b;
    return () => {
      const out = Buffer.allocUnsafe(source.length);
      out.set(source);
      return swap(out);
    };
  };
  return { U4: of(u4, 4), F8: of(f8, 8), B: of(bytes, 1) };
}

async function secs4js() {
  const s = await import('./secs4js/node_modules/secs4js/lib/index.js');
  const encode = (item) => item.toBuffer();
  const decode = (encoded) => s.Secs2ItemParser.fromBuffer(encoded).item;
  let sink = 0;
  const read = (item) => {
    const { value } = item;
    if (item instanceof s.Secs2ItemList) for (const child of value) read(child);
    else if (item instanceof s.Secs2ItemAscii) sink ^= value.length;
    else sink ^= Number(Array.isArray(value) || Buffer.isBuffer(value) ? value[0] : value);
    return sink;
  };
  const row = (build) => codec(build, encode, decode, read);
  const event = s6f11(s);
  const text = `S6F11 W\n${event.toSml()}\n.`;
  const [u4s, f8s] = [Array.from(u4), Array.from(f8)];
  return {
    S1F2: row(() => s1f2(s)),
    S6F11: row(() => s6f11(s)),
    U4: row(() => s.U4(...u4s)),
    F8: row(() => s.F8(...f8s)),
    B: row(() => s.B(bytes)),
    Rows: row(() => rows(s)),
    SML: { print: () => event.toSml(), parse: () => s.SmlParser.parse(text) },
  };
}

export const adapters = { rxsecs, secs4js };
