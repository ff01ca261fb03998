/** All that a run is at a moment, in a few words: equal when, and only when, all of it is. */
import { bytesToHex } from '../../../../core/base/bytes';
import { hashOf } from '../../../../core/base/hash';
import type { SteppingMachine } from '../../../../core/container/wasm-stepping/machine';

/** Memory, globals, tables, frames, operands, gas; environment, state and calls of imports. */
export function digestOf(machine: SteppingMachine): string {
  const { state, sends, logs, reply, randomDrawn, answers } = machine.environment;
  const host = [sends, logs, reply, randomDrawn, answers, machine.importCalls()];
  return [
    bytesToHex(machine.digest()),
    bytesToHex(state.hash(() => undefined)),
    bytesToHex(hashOf(new TextEncoder().encode(JSON.stringify(host, toText)))),
  ].join(' ');
}

const toText = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' ? `${value}n` : value instanceof Uint8Array ? bytesToHex(value) : value;
