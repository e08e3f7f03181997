import { transfer } from './transfer';

it('a recipe of 32 MiB goes and comes by data sets, through a cut line each way (G-73, G-118)', async () => {
  expect(await transfer(32 * 2 ** 20)).toMatchObject({ same: true, cuts: 2 });
}, 300_000);
