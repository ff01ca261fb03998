import { type Fault, fault } from '../base/fault';
import { nearest } from '../base/nearest';
import type { DeclaredSet } from './import-set';

/** What is wrong with the name of an import, `kernel.time`, that somebody wrote; `null` when there is one of it. */
export function importNameFault(name: string, sets: readonly DeclaredSet[]): Fault<'unknown-import'> | null {
  const known = sets.flatMap((set) => Object.keys(set.functions).map((each) => `${set.name}.${each}`));
  if (known.includes(name)) return null;
  const meant = nearest(name, known);
  const hint = meant === null ? '' : `; did you mean \`${meant}\`?`;
  return fault('unknown-import', `there is no import \`${name}\`${hint}`, {
    remedy: `imports: ${known.join(', ')}`,
  });
}
