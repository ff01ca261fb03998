/** Freeing what no branch reaches, for windows and for the command line. */
import type { Fault } from '../../base/fault';
import { type Result, err, ok } from '../../base/result';
import { type Storage, StorageError, type StorageSize, type Swept } from '../../base/storage';
import type { Message } from '../../environment/message';
import { collectGarbage } from '../../history/collect';
import { damageFault } from '../../history/damage';
import { deadSourceMaps } from './code-book';

export interface Collected extends Swept {
  readonly before: StorageSize;
  readonly after: StorageSize;
}

/** `waiting`: messages that only the memory holds. In small steps; it may be left at any of them, and done again. */
export function* collectUnreached(
  storage: Storage,
  waiting: readonly Message[],
): Generator<void, Result<Collected, Fault>, undefined> {
  const before = storage.size();
  try {
    const swept = yield* collectGarbage(storage, {
      waiting: waiting.map(({ args }) => args),
      deadEntries: (isLive) => deadSourceMaps(storage, isLive),
    });
    return ok({ ...swept, before, after: storage.size() });
  } catch (error) {
    if (error instanceof StorageError) return err(error.fault);
    return err(damageFault(error));
  }
}
