/** Breakpoints in words. */
import type { BreakpointRow, Condition } from '../../store/debug/breakpoints';
import { valueToSummary } from '../../ui/values/value-text';

/** Where or when it is met. */
export function conditionWords(on: Condition): string {
  switch (on.kind) {
    case 'line':
      return `${on.file}:${on.line}`;
    case 'instruction':
      return `instruction 0x${on.offset.toString(16)} of …${on.code.slice(-6)}`;
    case 'function':
      return `call of ${on.name}`;
    case 'import': {
      const { argument } = on;
      const only = argument === null ? '' : ` with ${argument.name} = ${valueToSummary(argument.value, 30)}`;
      return `import ${on.import}${only}`;
    }
    case 'state':
      return `${accessWords[on.access]} of state ${on.path === '' ? '(all of it)' : on.path}${ofKernel(on.kernel)}`;
    case 'memory':
      return `write to memory 0x${on.address.toString(16)}, ${on.length} ${on.length === 1 ? 'byte' : 'bytes'}${ofKernel(on.kernel)}`;
    case 'trap':
      return 'any trap';
    case 'method':
      return `message ${on.method ?? '(any)'} to ${on.kernel ?? 'any kernel'}`;
  }
}

const ofKernel = (kernel: string | null): string => (kernel === null ? '' : ` of ${kernel}`);

const accessWords = { read: 'read', write: 'write', any: 'read or write' };

/** What is asked beyond the place: a condition, a count, a text to log. */
export function extraWords({ when, hits, log }: BreakpointRow['breakpoint']): string {
  const parts = [
    ...(when === null ? [] : [`when ${when}`]),
    ...(hits === null ? [] : [hitWords(hits)]),
    ...(log === null ? [] : [`logs “${log}”`]),
  ];
  return parts.join(', ');
}

function hitWords({ which, n }: NonNullable<BreakpointRow['breakpoint']['hits']>): string {
  if (which === 'only') return `only hit ${n}`;
  return which === 'from' ? `from hit ${n} on` : `each ${n} hits`;
}
