/** A window of the tests: connects as a browser does, and insists on answers. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Fault } from '../../../core/base/fault';
import { systemClock } from '../../../core/host/clock';
import {
  type StudioCall,
  type StudioParams,
  type StudioProtocol,
  type StudioReturns,
  studioProtocol,
} from '../../../core/studio/protocol/studio';
import type { WorldStatus } from '../../../core/studio/protocol/world';
import { type SocketCarrier, webSocketPort } from '../../../core/studio/rpc/carriers';
import { type Client, createClient } from '../../../core/studio/rpc/client';

export interface TestWindow {
  readonly client: Client<StudioProtocol>;
  /** Throws for a fault. */
  call<Name extends StudioCall>(name: Name, params: StudioParams<Name>): Promise<StudioReturns<Name>>;
  /** Throws for anything else. */
  fault<Name extends StudioCall>(name: Name, params: StudioParams<Name>): Promise<Fault>;
  /** Waits until the world's status is as wanted. */
  until(wanted: (status: WorldStatus) => boolean): Promise<WorldStatus>;
  close(): void;
}

export async function openWindow(url: string): Promise<TestWindow> {
  const at = new URL(url);
  const socket = new WebSocket(`ws://${at.host}/rpc${at.search}`, { headers: { origin: at.origin } });
  const client = createClient(studioProtocol, webSocketPort(socket as unknown as SocketCarrier), systemClock);
  await once(socket, 'open');

  const window: TestWindow = {
    client,
    async call(name, params) {
      const answer = await client.call(name, params);
      if (!answer.ok) throw new Error(`${name}: ${answer.error.code}: ${answer.error.message}`);
      return answer.value;
    },
    async fault(name, params) {
      const answer = await client.call(name, params);
      if (answer.ok) throw new Error(`${name} went well`);
      return answer.error;
    },
    async until(wanted) {
      const first = new Promise<WorldStatus>((resolve) => {
        const listener = client.on('world.changed', (status) => {
          if (!wanted(status)) return;
          listener.dispose();
          resolve(status);
        });
      });
      const now = await window.call('world.status', {});
      return wanted(now) ? now : first;
    },
    close: () => client.dispose(),
  };
  return window;
}
