import type { TransactionRules } from '../../session/transactions/transactions.js';
import { HsmsHeader } from '../wire/header.js';

/** Data transactions as HSMS has them: MHEAD of stream 9 is the header byte for byte (E37, E5). */
export const HSMS_RULES: TransactionRules = {
  protocol: 'hsms',
  isHeader: (mhead, header) => HsmsHeader.parse(mhead).equals(header as HsmsHeader),
};
