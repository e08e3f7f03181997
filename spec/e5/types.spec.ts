import * as e5 from '../../src/e5/index.js';
import type { Id, Integer, ReplyOf, Value, ValuesGiven, ValuesRead } from '../../src/e5/index.js';
import type { Item } from '../../src/secs2/index.js';

// The compiler does the work: `npm run typecheck` fails where a type is not what is written here.

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Flat<T> = T extends readonly (infer E)[]
  ? readonly Flat<E>[]
  : T extends Uint8Array | Item
    ? T
    : T extends object
      ? { readonly [K in keyof T]: Flat<T[K]> }
      : T;

/** That what a message reads as is of a type. */
function reads<T>() {
  return <D>(definition: D, isSame: Same<Flat<ValuesRead<D>>, Flat<T>>): [D, boolean] => [definition, isSame];
}

interface Failure {
  errCode: Integer;
  errText: string;
}
interface Command {
  ccode: string | number;
  pparms: readonly Value[];
}
interface Recipe {
  ppid: string | Uint8Array;
  mdln: string;
  softrev: string;
  commands: readonly Command[];
}
type Nothing<T> = { [K in keyof T]?: undefined };
type OrNothing<T> = T | Nothing<T>;

const checked = [
  reads<Record<never, never>>()(e5.S1F1, true),
  reads<OrNothing<{ mdln: string; softrev: string }>>()(e5.S1F2, true),
  reads<{ svids: readonly Id[] }>()(e5.S1F3, true),
  reads<{ svs: readonly Value[] }>()(e5.S1F4, true),
  reads<{ svs: readonly { svid: Id; svname: string; units: string }[] }>()(e5.S1F12, true),
  reads<OrNothing<{ mdln: string; softrev: string }>>()(e5.S1F13, true),
  reads<{ commack: number; model: { mdln: string; softrev: string } | undefined }>()(e5.S1F14, true),
  reads<{ oflack: number }>()(e5.S1F16, true),
  reads<{ onlack: number }>()(e5.S1F18, true),
  reads<{ objects: readonly (readonly Value[])[]; errors: readonly Failure[] }>()(e5.S1F20, true),
  reads<{ events: readonly { ceid: Id; cename: string; vids: readonly Id[] }[] }>()(e5.S1F24, true),
  reads<{ ecvs: readonly (Value | undefined)[] }>()(e5.S2F14, true),
  reads<{ constants: readonly { ecid: Id; ecv: Value }[] }>()(e5.S2F15, true),
  reads<{ time: string }>()(e5.S2F18, true),
  reads<{ trid: Id; dsper: string; totsmp: Id; repgsz: Id; svids: readonly Id[] }>()(e5.S2F23, true),
  reads<{ abs: Uint8Array }>()(e5.S2F25, true),
  reads<{ dataId: Id; reports: readonly { rptid: Id; vids: readonly Id[] }[] }>()(e5.S2F33, true),
  reads<{ drack: number }>()(e5.S2F34, true),
  reads<{ dataId: Id; events: readonly { ceid: Id; rptids: readonly Id[] }[] }>()(e5.S2F35, true),
  reads<{ ceed: boolean; ceids: readonly Id[] }>()(e5.S2F37, true),
  reads<{ rcmd: string | number; params: readonly { cpname: Id; cpval: Value }[] }>()(e5.S2F41, true),
  reads<{ hcack: number; params: readonly { cpname: Id; cpack: number }[] }>()(e5.S2F42, true),
  reads<{ streams: readonly { strid: number; fcnids: readonly number[] }[] }>()(e5.S2F43, true),
  reads<{
    dataId: Id;
    objSpec: string;
    rcmd: string | number;
    params: readonly { cpname: Id; cepval: Value }[];
  }>()(e5.S2F49, true),
  reads<{ accessMode: number; ptns: readonly (number | undefined)[] }>()(e5.S3F27, true),
  reads<{ ptn: number | undefined; mid: string | Uint8Array }>()(e5.S4F1, true),
  reads<{ alcd: number; alid: Integer | undefined; altx: string }>()(e5.S5F1, true),
  reads<{ aled: number; alid: Integer | undefined }>()(e5.S5F3, true),
  reads<{ alids: readonly Integer[] }>()(e5.S5F5, true),
  reads<{ alarms: readonly { alcd: number | undefined; alid: Integer | undefined; altx: string }[] }>()(
    e5.S5F6,
    true,
  ),
  reads<{ trid: Id; smpln: Integer; stime: string; svs: readonly Value[] }>()(e5.S6F1, true),
  reads<{ dataId: Id; dataLength: Integer }>()(e5.S6F5, true),
  reads<{ dataId: Id; ceid: Id; reports: readonly { rptid: Id; vs: readonly Value[] }[] }>()(e5.S6F11, true),
  reads<{ ackc6: number }>()(e5.S6F12, true),
  reads<{
    dataId: Id;
    ceid: Id;
    reports: readonly { rptid: Id; values: readonly { vid: Id; v: Value }[] }[];
  }>()(e5.S6F13, true),
  reads<{ ppid: string | Uint8Array; ppBody: Value }>()(e5.S7F3, true),
  reads<OrNothing<{ ppid: string | Uint8Array; ppBody: Value }>>()(e5.S7F6, true),
  reads<{ ppids: readonly (string | Uint8Array)[] }>()(e5.S7F20, true),
  reads<Recipe>()(e5.S7F23, true),
  reads<OrNothing<Recipe>>()(e5.S7F26, true),
  reads<{ mhead: Uint8Array }>()(e5.S9F1, true),
  reads<{ mexp: string; edid: Value }>()(e5.S9F13, true),
  reads<{ tid: number; text: Value }>()(e5.S10F3, true),
  reads<{ tid: number; texts: readonly Value[] }>()(e5.S10F5, true),
  reads<{ maper: number; datlc: number }>()(e5.S12F19, true),
  reads<{ handle: Integer; readln: Integer }>()(e5.S13F5, true),
  reads<{ handle: Integer; ackc13: number; ckpnt: number; filDat: readonly (string | Uint8Array)[] }>()(
    e5.S13F6,
    true,
  ),
  reads<{ ctlJobId: string; ctlJobCmd: number; param: { cpname: Id; cpval: Value } | undefined }>()(
    e5.S16F27,
    true,
  ),
  reads<{ targetId: string; ssack: string; mid: string | Uint8Array; statuses: readonly string[] }>()(
    e5.S18F10,
    true,
  ),
] as const;

it('has the types of fifty messages as they are written', () => {
  expect(checked.length).toBeGreaterThanOrEqual(49);
  for (const [, isSame] of checked) expect(isSame).toBe(true);
});

it('has the types of replies, of what is given, and of codes', () => {
  const reply: Same<ReplyOf<typeof e5.S1F3>, typeof e5.S1F4> = true;
  const alone: ValuesGiven<typeof e5.S2F34> = e5.DRACK.unknownVid;
  const named: ValuesGiven<typeof e5.S2F34> = { drack: 4 };
  const code: 2 = e5.HCACK.notNow;
  expect([reply, alone, named, code]).toEqual([true, 4, { drack: 4 }, 2]);
  // @ts-expect-error a field that there is not
  expect(() => e5.S1F14.build({ commack: 0, modell: undefined })).not.toThrow();
  // @ts-expect-error a message that must have values
  expect(() => e5.S2F33.build()).toThrow();
  // @ts-expect-error a text where a number is wanted
  expect(() => e5.S2F34.build('x')).toThrow();
});
