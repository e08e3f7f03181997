import { over } from '../over';

// B-2: GEM runs on SECS-I as it does on HSMS.
over('SECS-I', __dirname);
