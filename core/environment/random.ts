import { hashOf } from '../base/hash';
import type { Environment } from './environment';

const blockLength = 32;

/**
 * The next bytes of the run's random stream: SHA-256 of (seed, message id, block number), block after block. Every
 * run of a message draws the same bytes, and no two messages draw alike.
 */
export function drawRandom(environment: Environment, length: number): Uint8Array {
  const drawn = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const at = environment.randomDrawn + filled;
    const block = randomBlock(environment, Math.floor(at / blockLength)).subarray(at % blockLength);
    drawn.set(block.subarray(0, length - filled), filled);
    filled += block.length;
  }
  environment.randomDrawn += length;
  return drawn;
}

function randomBlock({ seed, message }: Environment, number: number): Uint8Array {
  const input = new DataView(new ArrayBuffer(24));
  input.setFloat64(0, seed);
  input.setFloat64(8, message.id);
  input.setFloat64(16, number);
  return hashOf(new Uint8Array(input.buffer));
}
