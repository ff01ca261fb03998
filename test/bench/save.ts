/** From saving a contract to its kernels running the new code, through the protocol, as the window does it. */
import { WebSocket } from 'ws';
import type { Fault } from '../../core/base/fault';
import type { Result } from '../../core/base/result';
import { systemClock } from '../../core/host/clock';
import { studioProtocol } from '../../core/studio/protocol/studio';
import { webSocketPort } from '../../core/studio/rpc/carriers';
import { type Client, createClient } from '../../core/studio/rpc/client';
import { createWorkspace, startHost } from '../e2e/host';
import { type Row, median } from './row';

const contract = 'contracts/counter.ts';

export async function saveRows(runs: number): Promise<readonly Row[]> {
  const workspace = createWorkspace('counter');
  const host = await startHost(workspace.folder);
  const client = connect(host.url);
  try {
    await kernelsMade(client);
    const { text } = await call(client.call('files.read', { path: contract }));
    const times: number[] = [];
    // The first save also loads the compiler.
    for (let run = 0; run <= runs; run++) {
      const changed = `${text}\nexport function added(): i32 {\n  return ${run};\n}\n`;
      const start = performance.now();
      await call(client.call('files.write', { path: contract, text: changed, version: null }));
      const binding = await call(client.call('contracts.bind', { path: contract }));
      times.push(performance.now() - start);
      if (!binding.built || binding.boundTotal === 0) throw new Error('the saved contract was not bound');
    }
    const [first, ...rest] = times;
    return [
      row('save to ready', median(rest), { atMost: 300 }),
      row('save to ready, the first one after the start', first ?? 0, null),
    ];
  } finally {
    client.dispose();
    await host.kill();
    workspace.remove();
  }
}

function connect(address: string): Client<typeof studioProtocol> {
  const url = new URL(address);
  const socket = new WebSocket(`ws://${url.host}/rpc${url.search}`, { origin: url.origin });
  return createClient(studioProtocol, webSocketPort(socket), systemClock);
}

/** A workspace that is opened for the first time compiles its contracts before it has kernels. */
const kernelsMade = (client: Client<typeof studioProtocol>): Promise<void> =>
  new Promise((resolve) => {
    const look = ({ length }: { readonly length: number }) => length > 0 && resolve();
    client.on('world.changed', look);
    void call(client.call('world.status', {})).then(look);
  });

async function call<T>(answer: Promise<Result<T, Fault>>): Promise<T> {
  const result = await answer;
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const row = (promise: string, ours: number, goal: Row['goal']): Row => ({
  promise,
  ours,
  unit: 'ms',
  peer: null,
  goal,
});
