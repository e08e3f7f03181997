import { HsmsActiveConnection } from '../../src';
import { dialLine, Secs1Connection, serialLine, type LineSource } from '../../src/secs1';
import { createTestNetwork } from '../../src/testing';

interface Failing {
  readonly connection: HsmsActiveConnection | Secs1Connection;
  readonly errors: { readonly code: string; readonly message: string }[];
  /** Lets as many attempts pass. */
  readonly attempts: (count: number) => Promise<void>;
}

const T5 = 10;

type Make = (options: object) => Failing['connection'];

const onLine =
  (line: LineSource): Make =>
  (options) =>
    new Secs1Connection(line, 0, null, options);

/** What a serial port that is missing says: an error without a code. */
let missing = 'no such file';
const ports = {
  make: (): never => {
    throw new Error(missing);
  },
  list: () => Promise.resolve([]),
};

const makers: readonly (readonly [string, Make, string])[] = [
  ['HSMS', (options) => new HsmsActiveConnection('127.0.0.1', 5000, 0, null, options), 'HSMS_CONNECT_FAILED'],
  ['SECS-I on TCP', onLine(dialLine('127.0.0.1', 5000)), 'HSMS_CONNECT_FAILED'],
  ['SECS-I on a serial port', onLine(serialLine('/dev/ttyX', { ports })), 'SECS1_PORT_FAILED'],
];

function failing(make: Make): Failing {
  const { options, clock } = createTestNetwork();
  const errors: Failing['errors'] = [];
  const onError = (error: unknown): void => void errors.push(error as Failing['errors'][0]);
  return {
    connection: make({ ...options, t5: T5, onError }),
    errors,
    attempts: (count) => clock.advanceAsync(T5 * count),
  };
}

describe.each(makers)('failed attempts of %s', (_transport, make, code) => {
  it('are told once for each cause where nobody listens to notices', async () => {
    const { connection, errors, attempts } = failing(make);
    await connection.enable();
    await attempts(3);
    expect(errors).toMatchObject([{ code }]);
    await connection.dispose();
  });

  it('are left to the listeners of notices', async () => {
    const { connection, errors, attempts } = failing(make);
    const told: string[] = [];
    (connection.notices as HsmsActiveConnection['notices']).subscribe(({ kind }) => told.push(kind));
    await connection.enable();
    await attempts(3);
    expect(told.length).toBeGreaterThanOrEqual(3);
    expect(errors).toEqual([]);
    await connection.dispose();
  });
});

it('tells another cause of an error without a code by its text', async () => {
  const { connection, errors, attempts } = failing(onLine(serialLine('/dev/ttyX', { ports })));
  await connection.enable();
  missing = 'permission denied';
  await attempts(2);
  expect(errors.map(({ message }) => message)).toEqual([
    expect.stringContaining('no such file'),
    expect.stringContaining('permission denied'),
  ]);
  await connection.dispose();
});
