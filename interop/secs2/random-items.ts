import {
  A,
  B,
  BOOLEAN,
  C2,
  F4,
  F8,
  I1,
  I2,
  I4,
  I8,
  J,
  L,
  U1,
  U2,
  U4,
  U8,
  type Item,
} from '../../src/secs2/index.js';
import { Random } from '../../spec/fuzz/secs2/random.js';

const HALF_WIDTH = Array.from({ length: 63 }, (_, i) => String.fromCharCode(0xff61 + i));

/** Random items that are the same for the same seed. */
export class RandomItems {
  private readonly random: Random;
  private readonly bits = new DataView(new ArrayBuffer(8));

  constructor(seed: number) {
    this.random = new Random(seed);
  }

  item(depth = 0): Item {
    const { random } = this;
    if (depth < 5 && random.below(3) === 0) {
      return L(Array.from({ length: random.below(5) }, () => this.item(depth + 1)));
    }
    switch (random.below(15)) {
      case 0:
        return A(this.text((r) => String.fromCharCode(r.below(128))));
      case 1:
        return J(
          this.text((r) => (r.below(2) === 0 ? r.pick(HALF_WIDTH) : r.pick(['a', 'Z', '5', ' ', '¥', '‾']))),
        );
      case 2:
        return C2(this.text((r) => r.pick(['a', 'é', '日', '한', '😀', '\n'])));
      case 3:
        return B(this.values((r) => r.below(256)));
      case 4:
        return BOOLEAN(this.values((r) => r.below(2) === 1));
      case 5:
        return I1(this.values((r) => (r.next() << 24) >> 24));
      case 6:
        return I2(this.values((r) => (r.next() << 16) >> 16));
      case 7:
        return I4(this.values((r) => r.next() | 0));
      case 8:
        return I8(this.values(() => this.load().getBigInt64(0)));
      case 9:
        return U1(this.values((r) => r.below(256)));
      case 10:
        return U2(this.values((r) => r.below(65536)));
      case 11:
        return U4(this.values((r) => r.next()));
      case 12:
        return U8(this.values(() => this.load().getBigUint64(0)));
      case 13:
        return F4(this.values((r) => (r.below(4) === 0 ? special(r) : plain(this.load().getFloat32(0)))));
      default:
        return F8(this.values((r) => (r.below(4) === 0 ? special(r) : plain(this.load().getFloat64(0)))));
    }
  }

  private load(): DataView {
    this.bits.setUint32(0, this.random.next());
    this.bits.setUint32(4, this.random.next());
    return this.bits;
  }

  private values<T>(make: (random: Random) => T): T[] {
    const { random } = this;
    const count = random.below(20) === 0 ? random.below(300) : random.below(4);
    return Array.from({ length: count }, () => make(random));
  }

  private text(make: (random: Random) => string): string {
    return this.values(make).join('');
  }
}

function special(random: Random): number {
  return random.pick([
    0,
    -0,
    1,
    -1.5,
    0.1,
    100,
    1e-40,
    1e-45,
    3.4028234663852886e38,
    NaN,
    Infinity,
    -Infinity,
  ]);
}

/** Every peer writes one and the same NaN; the bits of others are not theirs to keep. */
function plain(value: number): number {
  return Number.isNaN(value) ? NaN : value;
}
