import type { Fault } from '../../base/fault';
import type { Result } from '../../base/result';
import type { CallNames, Params, Protocol, Returns } from '../protocol/declare';
import type { Handlers } from './serve';

/** Handlers that put each call of a protocol to someone else. */
export function forward<P extends Protocol>(protocol: P, ask: Ask<P>): Handlers<P> {
  const isCall = (name: string): name is CallNames<P> => protocol[name]?.kind === 'call';
  const handlers = Object.keys(protocol)
    .filter(isCall)
    .map((name) => [
      name,
      (params: Params<P, typeof name>, signal: AbortSignal) => ask(name, params, signal),
    ]);
  // One for each call, which is what `Handlers` says.
  return Object.fromEntries(handlers) as Handlers<P>;
}

type Ask<P extends Protocol> = <Name extends CallNames<P>>(
  name: Name,
  params: Params<P, Name>,
  signal: AbortSignal,
) => Result<Returns<P, Name>, Fault> | Promise<Result<Returns<P, Name>, Fault>>;
