// Every data item of SECS-II (E5): name, formats, how many values or characters, what it is, and its codes.
export { ANY } from './any.js';
export * from './a-b.js';
export * from './c.js';
export * from './d-e.js';
export * from './f-k.js';
export * from './l-o.js';
export * from './p.js';
export * from './r.js';
export * from './s.js';
export * from './t-z.js';
