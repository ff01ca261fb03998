/** INTERFACE ONLY, to be implemented here. */
import type { Disposable } from '../../base/disposal';
import type { Fault } from '../../base/fault';
import type { Result } from '../../base/result';
import type { CallNames, EventNames, Params, Payload, Protocol, Returns } from '../protocol/declare';

/** The calling side of a protocol. */
export interface Client<P extends Protocol> {
  /**
   * Calls and waits. A fault of the service comes back as it was returned; `disconnected`, `cancelled`, and `bug`
   * (with the service's words) come from the connection itself. Never rejects.
   */
  call<Name extends CallNames<P>>(
    name: Name,
    params: Params<P, Name>,
    signal?: AbortSignal,
  ): Promise<Result<Returns<P, Name>, Fault>>;
  on<Name extends EventNames<P>>(name: Name, listener: (payload: Payload<P, Name>) => void): Disposable;
  /** Told when requests stay without acknowledgement for 3 seconds, and again when one comes. */
  onResponsive(listener: (responsive: boolean) => void): Disposable;
}
