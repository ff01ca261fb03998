/** A protocol for the tests of its carriers, and what answers it: plain values back, faults, bugs, events, waiting. */
import { z } from 'zod';
import { fault } from '../../../../core/base/fault';
import { err, ok } from '../../../../core/base/result';
import { call, event } from '../../../../core/studio/protocol/declare';
import { wireValue } from '../../../../core/studio/protocol/wire';
import type { Port } from '../../../../core/studio/rpc/port';
import { type Served, serve } from '../../../../core/studio/rpc/serve';

export const echoProtocol = {
  echo: call('The same value.', z.object({ value: wireValue }), z.object({ value: wireValue })),
  fail: call('A fault.', z.object({}), z.object({})),
  crash: call('A bug.', z.object({}), z.object({})),
  lie: call('Something else than declared.', z.object({}), z.object({ number: z.number() })),
  unsendable: call('What no carrier carries.', z.object({}), z.object({ data: z.unknown() })),
  wait: call('Never answers.', z.object({}), z.object({})),
  waits: call('How many waits were aborted.', z.object({}), z.object({ aborted: z.int() })),
  tell: call('Emits `told` with each number up to `upTo`.', z.object({ upTo: z.int() }), z.object({})),
  told: event('A number.', z.object({ number: z.int() })),
};

export function serveEcho(port: Port, onBug: (error: unknown) => void): Served<typeof echoProtocol> {
  let aborted = 0;
  const served = serve({
    protocol: echoProtocol,
    port,
    onBug,
    handlers: {
      echo: ({ value }) => ok({ value }),
      fail: () => err(fault('too-late', 'it is too late', { remedy: 'come earlier', position: { line: 3 } })),
      crash() {
        throw new Error('a broken part');
      },
      lie: () => ok({ number: 'one' as unknown as number }),
      unsendable: () => ok({ data: () => 1 }),
      wait: (_params, signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            aborted++;
            resolve(ok({}));
          });
        }),
      waits: () => ok({ aborted }),
      tell({ upTo }) {
        for (let number = 1; number <= upTo; number++) served.emit('told', { number });
        return ok({});
      },
    },
  });
  return served;
}
