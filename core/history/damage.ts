/** What is thrown while a past is read, in words for people: which block it was, and what can be done. */
import { type Fault, fault } from '../base/fault';
import { MissingBlock } from '../base/storage';
import { DamagedBlock } from './stored-value';

/** Throws what is no damage. */
export function damageFault(error: unknown): Fault<'damaged-world'> {
  if (!(error instanceof MissingBlock || error instanceof DamagedBlock)) throw error;
  return fault('damaged-world', `the stored world is damaged: ${error.message}`, {
    remedy:
      '`kernelscope check` tells what is affected; other branches and earlier points can be worked on, ' +
      'and a copy of the store or an export has it whole',
  });
}
