/** Code whose segments don't fit into its tables or memory: it may be loaded, and traps before anything runs. */
import type { Outcome } from '../environment/outcome';
import type { Misfit } from '../wasm/segments';
import type { RunResult } from './container';

export function misfitToResult({ into, words }: Misfit): RunResult {
  const reason = into === 'table' ? 'out of bounds table access' : 'out of bounds memory access';
  const outcome: Outcome = { kind: 'trap', reason, detail: words, position: null };
  return { outcome, returned: null, gasUsed: 0 };
}
