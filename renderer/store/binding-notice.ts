import type { Binding, Rebuilt } from '../../core/studio/protocol/workspace';
import type { Notice } from './notices';
import { nameOf } from './paths';

/** Its kind is `error` just when something was not built. */
export type BuildNotice = Pick<Notice, 'kind' | 'text' | 'detail'>;

/** What a save did, in words: `counter.ts built in 120 ms and bound to /counter`. */
export function bindingToNotice(path: string, binding: Binding): BuildNotice {
  const name = nameOf(path);
  if (!binding.built) {
    return {
      kind: 'error',
      text: `${name} is saved but was not built: ${errorsIn(binding)}.`,
      detail: 'Kernels keep the code they had.',
    };
  }
  const built = `${name} built in ${Math.round(binding.milliseconds)} ms`;
  if (binding.boundTotal === 0) {
    return binding.unchanged
      ? { kind: 'success', text: `${built}: the same code as before.` }
      : { kind: 'success', text: `${built}.`, detail: 'No kernel runs it yet.' };
  }
  if (binding.unchanged) return { kind: 'success', text: `${built}: the same code as before.` };
  return {
    kind: 'success',
    text: `${built} and bound to ${listOf(binding.bound, binding.boundTotal)}.`,
    ...laterDetail(binding.waiting),
  };
}

/** The same of a file of import sets: `exchange.ts and exchange.js built with rates.js in 240 ms and bound to /exchange`. */
export function rebuiltToNotice(path: string, rebuilt: Rebuilt): BuildNotice {
  const name = nameOf(path);
  const { contracts, milliseconds } = rebuilt;
  if (rebuilt.diagnostics.some(isError)) {
    return {
      kind: 'error',
      text: `${name} is saved, but contracts can't be built with it: ${errorsIn(rebuilt)}.`,
      detail: 'Kernels keep the code they had.',
    };
  }
  const failed = contracts.filter(({ built }) => !built);
  if (failed.length > 0) {
    return {
      kind: 'error',
      text: `${listOfContracts(failed)} not built with ${name}: ${errorsIn({ diagnostics: failed.flatMap(({ diagnostics }) => diagnostics) })}.`,
      detail: 'Kernels keep the code they had.',
    };
  }
  if (contracts.length === 0)
    return { kind: 'success', text: `${name} saved.`, detail: 'No contract imports it yet.' };
  const built = `${listOfContracts(contracts)} built with ${name} in ${Math.round(milliseconds)} ms`;
  const bound = contracts.flatMap(({ bound: addresses, unchanged }) => (unchanged ? [] : addresses));
  const total = contracts.reduce((sum, { boundTotal, unchanged }) => sum + (unchanged ? 0 : boundTotal), 0);
  return {
    kind: 'success',
    text: total === 0 ? `${built}.` : `${built} and bound to ${listOf(bound, total)}.`,
    ...laterDetail(contracts.reduce((sum, { waiting }) => sum + waiting, 0)),
  };
}

/** The world is stopped, or a breakpoint holds a message of theirs back. */
function laterDetail(waiting: number): Pick<BuildNotice, 'detail'> {
  if (waiting === 0) return {};
  const who = waiting === 1 ? '1 kernel runs' : `${waiting} kernels run`;
  return { detail: `${who} the code before until the messages that wait there are delivered.` };
}

const isError = ({ severity }: Binding['diagnostics'][number]): boolean => severity === 'error';

function errorsIn({ diagnostics }: Pick<Binding, 'diagnostics'>): string {
  const errors = diagnostics.filter(isError).length;
  return errors === 1 ? '1 error' : `${errors} errors`;
}

const listOfContracts = (contracts: Rebuilt['contracts']): string =>
  listOf(
    contracts.map(({ path }) => nameOf(path)),
    contracts.length,
  );

function listOf(names: readonly string[], total: number): string {
  const more = total - Math.min(names.length, 3);
  return `${names.slice(0, 3).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
