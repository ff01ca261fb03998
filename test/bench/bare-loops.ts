/** The chain in plain loops around V8 that keep no history: the floor and the ceiling of what a world could be. */
import { createHash } from 'node:crypto';
import wabt from 'wabt';
import { encodeValue } from '../../core/base/value';
import { type Chain, actorName, chainContract, messagesIn } from './chain';

interface BareMessage {
  readonly to: string;
  readonly args: Uint8Array;
}

/** Makes an instance with a memory of its own for each message. Messages per second. */
export async function runFreshInstances(chain: Chain): Promise<number> {
  const module = await compileChain();
  return deliverAll(chain, (message, send) => {
    const { memory, receive } = instantiate(module, {
      args: () => message.args,
      send,
      memory: () => new Uint8Array(memory.buffer),
    });
    receive();
  });
}

/** One instance whose page is overwritten before each message, and one hash for each. Messages per second. */
export async function runPooledInstance(chain: Chain): Promise<number> {
  const module = await compileChain();
  let current: BareMessage = { to: '', args: new Uint8Array() };
  let sendNow: (message: BareMessage) => void = () => {};
  const { memory, receive } = instantiate(module, {
    args: () => current.args,
    send: (message) => sendNow(message),
    memory: () => page,
  });
  const page = new Uint8Array(memory.buffer);
  const fresh = page.slice();
  return deliverAll(chain, (message, send) => {
    current = message;
    sendNow = send;
    page.set(fresh);
    receive();
    createHash('sha256').update(message.args).digest();
  });
}

async function compileChain(): Promise<WebAssembly.Module> {
  const tools = await wabt();
  const parsed = tools.parseWat('chain.wat', chainContract, { bulk_memory: true });
  return new WebAssembly.Module(new Uint8Array(parsed.toBinary({}).buffer));
}

function instantiate(
  module: WebAssembly.Module,
  host: {
    readonly args: () => Uint8Array;
    readonly send: (message: BareMessage) => void;
    readonly memory: () => Uint8Array;
  },
): { readonly memory: WebAssembly.Memory; readonly receive: () => void } {
  const text = new TextDecoder();
  const { exports } = new WebAssembly.Instance(module, {
    kernel: {
      args(pointer: number) {
        host.memory().set(host.args(), pointer);
        return host.args().length;
      },
      send(...[to, toLength, , , args, argsLength]: [number, number, number, number, number, number]) {
        const bytes = host.memory();
        host.send({
          to: text.decode(bytes.subarray(to, to + toLength)),
          args: bytes.slice(args, args + argsLength),
        });
      },
    },
  });
  const { memory, receive } = exports;
  if (!(memory instanceof WebAssembly.Memory) || typeof receive !== 'function') {
    throw new Error('the chain contract exports its memory and `receive`');
  }
  return { memory, receive: () => void receive() };
}

function deliverAll(
  chain: Chain,
  deliver: (message: BareMessage, send: (message: BareMessage) => void) => void,
): number {
  const queue: BareMessage[] = chain.routes.map((route, actor) => ({
    to: `/${actorName(actor)}`,
    args: encodeValue(route.map(actorName)),
  }));
  const send = (message: BareMessage) => void queue.push(message);
  const start = performance.now();
  for (let next = 0; next < queue.length; next++) {
    const message = queue[next];
    if (message !== undefined) deliver(message, send);
  }
  const seconds = (performance.now() - start) / 1000;
  if (queue.length !== messagesIn(chain)) throw new Error(`a bare loop delivered ${queue.length} messages`);
  return queue.length / seconds;
}
