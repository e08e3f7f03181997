import { specifyAllCrashes } from './support/crashes.js';

jest.setTimeout(120_000);

specifyAllCrashes(1);
