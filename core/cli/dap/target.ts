/** All that belongs to one scenario that was launched. */
import type { Fault } from '../../base/fault';
import { type Result, assert, ok } from '../../base/result';
import { type Playback, createPlayback } from '../../debugger/playback';
import { worldParts } from '../../host/world-parts';
import { type Codes, type SteppedCode, createCodes } from './codes';
import type { Hash } from '../../base/hash';
import type { Debuggee } from './launch';
import { type Sources, type ClientWays, createSources } from './sources';

export interface Target {
  readonly debuggee: Debuggee;
  readonly codes: Codes;
  readonly sources: Sources;
  readonly playback: Playback;
  /** What runs. */
  readonly code: SteppedCode;
}

/** A fault when none of its messages, from the one to begin with on, can be stepped through. */
export function createTarget(debuggee: Debuggee, ways: ClientWays): Result<Target, Fault> {
  const codes = createCodes(debuggee, worldParts.imports);
  const load = (hash: Hash) => {
    const found = codes.find(hash);
    return found.ok ? ok(found.value.code) : found;
  };
  const playback = createPlayback({ branch: debuggee.branch, load }, debuggee.first);
  if (!playback.ok) return playback;
  const sources = createSources(debuggee.workspace.folder, ways);
  return ok({
    debuggee,
    codes,
    sources,
    playback: playback.value,
    get code() {
      const found = codes.find(playback.value.session.subject.code);
      assert(found.ok, 'code that is stepped through was loaded');
      return found.value;
    },
  });
}
