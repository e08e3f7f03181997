import { fuzzBodies } from './check.js';

it('takes or refuses any body, and gives back what it takes', () => {
  const result = fuzzBodies(20_240_601, 5000);
  expect(result.bodies).toBe(5000);
  // A generator that makes nothing valid, or nothing invalid, would prove nothing.
  expect(result.valid).toBeGreaterThan(1500);
  expect(result.refused).toBeGreaterThan(1500);
});
