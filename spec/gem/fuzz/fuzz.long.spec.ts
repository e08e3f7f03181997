import { fuzz } from './fuzz';

it(
  'answers every harmed message of many, and applies none of them by half',
  () => fuzz(Date.now() | 0, 6_000),
  600_000,
);
