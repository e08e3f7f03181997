import { SmlTemplateError } from '../../../src/secs2/errors.js';
import { parseItem, parseMessage, parseMessages } from '../../../src/secs2/sml/parse.js';
import { printMessage } from '../../../src/secs2/sml/print/print.js';
import { catchError } from '../support/catch-error.js';

describe('a template', () => {
  const [open, typed] = parseMessages('S1F4 =status INPUT\n< v >=Values.\nS1F3 W <L <U4 [1]> = SvId>.');

  it('is listed with what it leaves open, and where', () => {
    expect(open).toMatchObject({ name: 'status', placeholders: [{ name: 'V', line: 2, column: 1 }] });
    expect(typed).toMatchObject({ placeholders: [{ name: 'SvId', line: 3, column: 11 }] });
  });

  it('has no bytes, and says why', () => {
    const error = catchError(() => open?.message.body);
    expect(error).toBeInstanceOf(SmlTemplateError);
    expect(error).toMatchObject({
      code: 'SML_TEMPLATE',
      message: 'S1F4 is a template and cannot be sent: <V> has no value (line 2, column 1)',
    });
    expect(open?.message.itemError).toBe(error);
    for (const act of [
      () => open?.message.item,
      () => open?.message.encode(),
      () => open?.message.bodyBytes,
      () => open && printMessage(open.message),
      () => typed?.message.body,
      () => typed && printMessage(typed.message),
    ]) {
      expect(catchError(act)).toBeInstanceOf(SmlTemplateError);
    }
    expect(String(open?.message)).toBe(
      'S1F4 /* S1F4 is a template and cannot be sent: <V> has no value (line 2, column 1) */.',
    );
  });

  it('has an item without values where formats are known', () => {
    expect(typed?.message.item?.toJSON()).toEqual({ L: [{ U4: [] }] });
  });

  it.each<[text: string, names: string[] | undefined]>([
    ['<U4 SVID>', ['SVID']],
    ['<U4 ${id} {0} $ID %d ?>', ['${id}', '{0}', '$ID', '%d', '?']],
    ['<F8 {x}>', ['{x}']],
    ['<V[1]>', ['V']],
    ['<V [MAX 3] SvValue>', ['V']],
    ['<U4[1] SVID>', ['SVID']],
    ['<I8 A_1 B2>', ['A_1', 'B2']],
    ['<F4 RATE>', ['RATE']],
    ['<BOOLEAN CEED>', ['CEED']],
    ['<B ALCD>', ['ALCD']],
    ['<L <V> <A "x"> ...>', ['V', '...']],
    ['<L[2] <U4 1> ...[2]>', ['...']],
    ['<L,n <U4 1>>', ['n']],
    ['<L[1..n] <U4 1>>', ['n']],
    ['<U4 1 ...>', ['...']],
    ['<A ...>', ['...']],
    ['<A[6]> = SoftRev', ['SoftRev']],
    ['<A[MAX 6]> = SoftRev', undefined],
    ['<A[0]> = SoftRev', undefined],
    ['<L> = Everything', undefined],
    ['<F4 NAN>', undefined],
    ['<BOOLEAN T>', undefined],
  ])('%s', (item, names) => {
    expect(parseMessages(`S1F2 ${item}.`)[0]?.placeholders?.map(({ name }) => name)).toEqual(names);
  });

  it.each(['<U4 x>', '<U4 1x>', '<B FF>', '<U4 no-name>', '<Q>', '<V 1>', '<VV>'])('is not %s', (item) => {
    expect(() => parseMessages(`S1F2 ${item}.`)).toThrow(/line 1, column/);
  });

  it('is refused where one message or one item is asked for', () => {
    expect(catchError(() => parseItem('<L <V>>'))).toMatchObject({
      code: 'SML_TEMPLATE',
      message: '<V> has no value: this is a template (line 1, column 4)',
    });
    expect(catchError(() => parseMessage('S1F2 <L ...>.'))).toBeInstanceOf(SmlTemplateError);
    expect(catchError(() => parseItem('<U4 SVID>'))).toMatchObject({ code: 'SML_BAD_VALUE' });
  });
});
