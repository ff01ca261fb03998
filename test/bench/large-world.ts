/**
 * A process of its own, so that what it takes up is that of one world: makes a large one on disk, closes it, opens it again,
 * and prints what that took as JSON.
 */
import wabt from 'wabt';
import { encodeValue } from '../../core/base/value';
import type { Address } from '../../core/environment/address';
import { createSignal } from '../../core/kernel/control-signals';
import { createChain } from './chain';
import { buildChainContract, openChainWorld } from './chain-world';

/** Puts a thousand keys of 8 bytes, spread as hashes are, with values of 8 bytes. */
const fillContract = `(module
  (import "kernel" "state_set" (func $set (param i32 i32 i32 i32)))
  (memory (export "memory") 1)
  (func (export "fill") (local $count i64)
    (loop $again
      (local.set $count (i64.add (local.get $count) (i64.const 1)))
      (i64.store (i32.const 0) (i64.mul (local.get $count) (i64.const 0x9e3779b97f4a7c15)))
      (i64.store (i32.const 8) (local.get $count))
      (call $set (i32.const 0) (i32.const 8) (i32.const 8) (i32.const 8))
      (br_if $again (i64.lt_u (local.get $count) (i64.const 1000))))))`;

const tools = await wabt();
const fillCode = new Uint8Array(tools.parseWat('fill.wat', fillContract, {}).toBinary({}).buffer);

const world = openChainWorld(createChain(10_000, 9), await buildChainContract());
try {
  const binding = { code: world.branch.addCode(fillCode), codeName: 'fill.wat' };
  for (let place = 0; place < 1000; place++) {
    const to = `/full${place}` as Address;
    world.branch.signal(createSignal(to, binding, null));
    world.branch.signal({ to, method: 'fill', args: encodeValue([]), replyTo: null, gas: null });
  }
  world.branch.run(Infinity);
  if (world.branch.receipt(world.branch.length - 1)?.outcome.kind !== 'ok')
    throw new Error('a state was not filled');
  world.run();
  const milliseconds = world.reopen();
  console.log(
    JSON.stringify({
      messages: world.branch.length,
      // Kilobytes.
      mostBytes: process.resourceUsage().maxRSS * 1024,
      milliseconds,
      bytesOnDisk: world.size(),
    }),
  );
} finally {
  world.close();
}
