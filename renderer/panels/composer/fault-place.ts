import type { Fault } from '../../../core/base/fault';

/** Where in the form a fault of the host belongs. */
export type FaultPlace =
  { readonly kind: 'address' | 'method' | 'form' } | { readonly kind: 'field'; readonly path: string };

/** By the fault's code; a fault of one argument says `method: argument: what is wrong with it`. */
export function faultPlace({ code, message }: Fault, parameters: readonly string[]): FaultPlace {
  if (['bad-address', 'no-kernel', 'no-code'].includes(code)) return { kind: 'address' };
  if (code === 'no-method') return { kind: 'method' };
  const [, path, parameter] = /^\S+: (([^\s:.[]+)[^\s:]*): /.exec(message) ?? [];
  return path !== undefined && parameter !== undefined && parameters.includes(parameter)
    ? { kind: 'field', path }
    : { kind: 'form' };
}
