import type { Binding } from '../../core/studio/protocol/workspace';
import type { Notice } from './notices';
import { nameOf } from './paths';

/** What a save did, in words: `counter.ts built in 120 ms and bound to /counter`. */
export function bindingToNotice(path: string, binding: Binding): Pick<Notice, 'kind' | 'text' | 'detail'> {
  const name = nameOf(path);
  if (!binding.built) {
    const errors = binding.diagnostics.filter(({ severity }) => severity === 'error').length;
    return {
      kind: 'error',
      text: `${name} is saved but was not built: ${errors === 1 ? '1 error' : `${errors} errors`}.`,
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
  const named = binding.bound.slice(0, 3).join(', ');
  const more = binding.boundTotal - Math.min(binding.bound.length, 3);
  return { kind: 'success', text: `${built} and bound to ${named}${more > 0 ? ` and ${more} more` : ''}.` };
}
