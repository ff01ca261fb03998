/** The answering side of a protocol. */
import { z } from 'zod';
import type { Fault } from '../../base/fault';
import { fault } from '../../base/fault';
import { type Result, err } from '../../base/result';
import type { CallNames, EventNames, Params, Payload, Protocol, Returns } from '../protocol/declare';
import { connect } from './connection';
import type { Port } from './port';

type Answer<T> = Result<T, Fault> | Promise<Result<T, Fault>>;

/** What answers each call. Expected failures are returned; what is thrown is a bug. */
export type Handlers<P extends Protocol> = {
  readonly [Name in CallNames<P>]: (params: Params<P, Name>, signal: AbortSignal) => Answer<Returns<P, Name>>;
};

export interface Served<P extends Protocol> {
  emit<Name extends EventNames<P>>(name: Name, payload: Payload<P, Name>): void;
}

export interface ServeOptions<P extends Protocol> {
  readonly protocol: P;
  readonly handlers: Handlers<P>;
  readonly port: Port;
  /** Told of what a handler threw and of messages that were none: worth a line in a log. */
  readonly onBug: (error: unknown) => void;
}

/** Answers until the port closes; calls that run then are aborted. Names that the protocol doesn't own are refused. */
export function serve<P extends Protocol>({ protocol, handlers, port, onBug }: ServeOptions<P>): Served<P> {
  let closed = false;
  const running = new Set<AbortController>();
  const connection = connect(port, {
    onMalformed: () => onBug(new Error('a message was dropped: it is not one of the protocol')),
  });
  port.onClose(() => {
    closed = true;
    for (const controller of running) controller.abort();
  });

  connection.onRequest(async (name, params, token) => {
    const declared = Object.hasOwn(protocol, name) ? protocol[name] : undefined;
    if (declared?.kind !== 'call')
      return err(fault('no-such-call', `there is no call ${JSON.stringify(name)}`));
    const parsed = declared.params.safeParse(params);
    if (!parsed.success) return err(fault('bad-params', `${name}: ${z.prettifyError(parsed.error)}`));
    const controller = new AbortController();
    running.add(controller);
    token.onCancellationRequested(() => controller.abort());
    try {
      const handler = (handlers as Readonly<Record<string, Handler>>)[name];
      if (handler === undefined) throw new Error(`nothing answers ${name}`);
      return await handler(parsed.data, controller.signal);
    } catch (error) {
      onBug(error);
      return err(fault('bug', error instanceof Error ? error.message : String(error)));
    } finally {
      running.delete(controller);
    }
  });

  return {
    emit(name, payload) {
      if (!closed) port.post({ jsonrpc: '2.0', method: name, params: payload });
    },
  };
}

type Handler = (params: unknown, signal: AbortSignal) => Answer<unknown>;
