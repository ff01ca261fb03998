/**
 * The window's one connection to its host. It outlives ports: when one closes the next is opened, with growing pauses,
 * and whoever holds the connection or listens to it need not know. Calls made meanwhile answer `disconnected`.
 */
import type { Clock } from '../../core/base/clock';
import type { Disposable } from '../../core/base/disposal';
import { createEmitter } from '../../core/base/events';
import { type Fault, fault } from '../../core/base/fault';
import { err } from '../../core/base/result';
import {
  type StudioEvent,
  type StudioProtocol,
  type StudioReturns,
  studioProtocol,
} from '../../core/studio/protocol/studio';
import { type Client, createClient } from '../../core/studio/rpc/client';
import type { Port } from '../../core/studio/rpc/port';

/** Calls and events of the host, as panels use them. */
export type StudioClient = Pick<Client<StudioProtocol>, 'call' | 'on'>;

export type Workspace = StudioReturns<'workspace.describe'>;

export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'connected'; readonly workspace: Workspace; readonly responsive: boolean }
  /** `attempts` without success since the connection was lost. */
  | { readonly kind: 'reconnecting'; readonly attempts: number };

export interface Connection extends StudioClient, Disposable {
  /** Listeners are told the present state at once, then each change. */
  onState(listener: (state: ConnectionState) => void): Disposable;
}

export interface ConnectionOptions {
  /** Opens a port that may still be on its way: what is posted waits for it. */
  readonly openPort: () => Promise<Port>;
  readonly clock: Clock;
}

export function createConnection({ openPort, clock }: ConnectionOptions): Connection {
  const states = createEmitter<ConnectionState>();
  const events = createEmitter<{ readonly name: string; readonly payload: unknown }>();
  let state: ConnectionState = { kind: 'connecting' };
  let attempts = 0;
  let disposed = false;
  let retry: Disposable | null = null;
  let client: Promise<Client<StudioProtocol>> | null = null;

  const setState = (next: ConnectionState): void => {
    state = next;
    states.emit(next);
  };

  const lose = (): void => {
    client = null;
    if (disposed) return;
    setState({ kind: 'reconnecting', attempts });
    retry = clock.after(pauseBefore(attempts), () => {
      attempts++;
      client = open();
    });
  };

  const open = async (): Promise<Client<StudioProtocol>> => {
    const opened = createClient(studioProtocol, await openPort(), clock);
    opened.onDisconnected(lose);
    for (const name of eventNames) opened.on(name, (payload) => events.emit({ name, payload }));
    opened.onResponsive((responsive) => {
      if (state.kind === 'connected') setState({ ...state, responsive });
    });
    void opened.call('workspace.describe', {}).then((workspace) => {
      if (!workspace.ok) {
        opened.dispose();
        return;
      }
      attempts = 0;
      setState({ kind: 'connected', workspace: workspace.value, responsive: true });
    });
    return opened;
  };

  client = open();

  return {
    async call(name, params, signal) {
      const opened = client === null ? null : await client;
      return opened === null ? err(disconnected) : opened.call(name, params, signal);
    },
    on: (name, listener) =>
      events.on((event) => {
        // The client has checked the payload against the declaration of this name.
        if (event.name === name) listener(event.payload as Parameters<typeof listener>[0]);
      }),
    onState(listener) {
      listener(state);
      return states.on(listener);
    },
    dispose() {
      disposed = true;
      retry?.dispose();
      void client?.then((opened) => opened.dispose());
    },
  };
}

const disconnected: Fault = fault('disconnected', 'the host is not connected at the moment', {
  remedy: 'The window keeps trying; try again once the banner is gone.',
});

const eventNames: readonly StudioEvent[] = [
  'workspace.changed',
  'world.changed',
  'window.command',
  'debug.progress',
  'debug.held',
  'debug.lost',
  'debug.breakpointsChanged',
];

/** Milliseconds: a quarter of a second at first, twice as long each time, never over four seconds. */
const pauseBefore = (attempts: number): number => Math.min(250 * 2 ** attempts, 4000);
