/** The calling side of a protocol. */
import { CancellationTokenSource } from 'vscode-jsonrpc/browser.js';
import { z } from 'zod';
import type { Clock } from '../../base/clock';
import type { Disposable } from '../../base/disposal';
import { createEmitter } from '../../base/events';
import { type Fault, fault } from '../../base/fault';
import { type Result, assert, err, ok } from '../../base/result';
import type { CallNames, EventNames, Params, Payload, Protocol, Returns } from '../protocol/declare';
import { wireFault } from '../protocol/wire';
import { connect } from './connection';
import type { Port } from './port';
import { watchAcknowledgements } from './responsive';

export interface Client<P extends Protocol> extends Disposable {
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
  /** Told once when the port closed, from either side. */
  onDisconnected(listener: () => void): void;
}

/** Disposing the client closes the port. */
export function createClient<P extends Protocol>(protocol: P, port: Port, clock: Clock): Client<P> {
  let disconnected = false;
  const responsive = watchAcknowledgements(clock);
  const events = createEmitter<{ readonly name: string; readonly payload: unknown }>();

  // Before the connection's own listener, which rejects what is pending.
  port.onClose(() => {
    disconnected = true;
    responsive.dispose();
  });
  const connection = connect(port, {
    onRequestSent: responsive.sent,
    onAcknowledged: responsive.acknowledged,
    onHeard: responsive.heard,
  });
  connection.onNotification((name, payload) => {
    const declared = Object.hasOwn(protocol, name) ? protocol[name] : undefined;
    if (declared?.kind !== 'event') return;
    const parsed = declared.payload.safeParse(payload);
    assert(parsed.success, `the payload of ${name} is as declared: ${parsed.error?.message}`);
    events.emit({ name, payload: parsed.data });
  });

  return {
    async call(name, params, signal) {
      if (disconnected) return err(disconnectedFault);
      if (signal?.aborted === true) return err(cancelledFault(name));
      const declared = protocol[name];
      assert(declared?.kind === 'call', `${name} is a call`);
      const cancellation = new CancellationTokenSource();
      const aborted = new Promise<'aborted'>((resolve) => {
        signal?.addEventListener('abort', () => (cancellation.cancel(), resolve('aborted')), { once: true });
      });
      try {
        const answer = await Promise.race([
          connection.sendRequest<unknown>(name, params, cancellation.token),
          aborted,
        ]);
        if (answer === 'aborted') return err(cancelledFault(name));
        return readAnswer<Returns<P, typeof name>>(name, answer, declared.result);
      } catch (error) {
        if (disconnected) return err(disconnectedFault);
        return err(fault('bug', `${name}: ${error instanceof Error ? error.message : error}`));
      }
    },
    on: (name, listener) =>
      events.on((event) => {
        if (event.name === name) listener(event.payload as Parameters<typeof listener>[0]);
      }),
    onResponsive: responsive.on,
    onDisconnected: (listener) => port.onClose(listener),
    dispose: () => port.close(),
  };
}

const disconnectedFault = fault('disconnected', 'the connection was closed before the answer came');

const cancelledFault = (name: string) => fault('cancelled', `${name} was cancelled`);

function readAnswer<T>(name: string, answer: unknown, schema: z.ZodType): Result<T, Fault> {
  const parsed = z
    .discriminatedUnion('ok', [
      z.object({ ok: z.literal(true), value: schema }),
      z.object({ ok: z.literal(false), error: wireFault }),
    ])
    .safeParse(answer);
  if (!parsed.success)
    return err(fault('bug', `${name} answered with something else: ${z.prettifyError(parsed.error)}`));
  // The schema is the declaration that `T` is inferred from.
  return parsed.data.ok ? ok(parsed.data.value as T) : err(parsed.data.error as Fault);
}
