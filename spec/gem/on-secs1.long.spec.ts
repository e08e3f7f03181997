import { join } from 'node:path';
import { over } from './over';

jest.setTimeout(60_000);

// B-2: what is random as well: faults, strange messages, an oracle beside the equipment.
over('SECS-I', ...['fuzz', 'oracle', 'pair'].map((name) => join(__dirname, name)));
