/** Freeing what no branch of a stored world reaches. */
import type { Fault } from '../base/fault';
import type { Result } from '../base/result';
import { finish } from '../base/steps';
import { type Collected, collectUnreached } from '../studio/services/collect';
import { openWorldToChange } from './world-to-change';

export async function collectWorld(folder: string): Promise<Result<Collected, Fault>> {
  const world = await openWorldToChange(folder);
  if (!world.ok) return world;
  try {
    return finish(collectUnreached(world.value.storage, []));
  } finally {
    world.value.close();
  }
}
