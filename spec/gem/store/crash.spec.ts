import { specifyAllCrashes } from './support/crashes.js';

specifyAllCrashes(9);
