import { fuzz } from './fuzz';

it('answers every harmed message, and applies none of them by half', () => fuzz(20_261_129, 600), 30_000);
