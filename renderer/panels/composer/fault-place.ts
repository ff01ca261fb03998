import type { Fault } from '../../../core/base/fault';

/** Where in the form a fault of the host belongs. */
export type FaultPlace =
  { readonly kind: 'address' | 'method' | 'form' } | { readonly kind: 'field'; readonly name: string };

/** By the fault's code; a fault of one argument begins with the argument's name. */
export function faultPlace({ code, message }: Fault, parameters: readonly string[]): FaultPlace {
  if (['bad-address', 'no-kernel', 'no-code'].includes(code)) return { kind: 'address' };
  if (code === 'no-method') return { kind: 'method' };
  const name = parameters.find(
    (parameter) => message.startsWith(parameter) && /^[:.[]/.test(message.slice(parameter.length)),
  );
  return name === undefined ? { kind: 'form' } : { kind: 'field', name };
}
