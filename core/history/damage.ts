/** What is thrown while a past is read, in words for people: which block it was, and what can be done. */
import { type Fault, fault } from '../base/fault';
import { MissingBlock } from '../base/storage';
import { DamagedBlock, NewerBlock } from './stored-value';

/** Throws what says nothing of a block. */
export function damageFault(error: unknown): Fault<'damaged-world' | 'newer-format'> {
  if (error instanceof NewerBlock)
    return fault('newer-format', `the stored world is newer than this program: ${error.message}`, {
      remedy: 'open it with the program that wrote it',
    });
  if (!(error instanceof MissingBlock || error instanceof DamagedBlock)) throw error;
  return fault('damaged-world', `the stored world is damaged: ${error.message}`, {
    remedy:
      '`kernelscope check` tells what is affected; other branches and earlier points can be worked on, ' +
      'and a copy of the store or an export has it whole',
  });
}
