/** What imports hand back, of any length: into a buffer that is used again, or a larger one when it doesn't fit. */
import * as kernel from "./kernel";

export const buffer: usize = memory.data(1024, 16);
export const capacity: i32 = 1024;

/** Where the bytes of the last call lie, until the next one. */
export let received: usize = buffer;

export function receiveArguments(): i32 {
  const length = kernel.args(buffer, capacity);
  if (makeRoom(length)) kernel.args(received, length);
  return length;
}

export function receiveMethod(): i32 {
  const length = kernel.method(buffer, capacity);
  if (makeRoom(length)) kernel.method(received, length);
  return length;
}

export function receiveSelf(): i32 {
  const length = kernel.self(buffer, capacity);
  if (makeRoom(length)) kernel.self(received, length);
  return length;
}

export function receiveFrom(): i32 {
  const length = kernel.from(buffer, capacity);
  if (makeRoom(length)) kernel.from(received, length);
  return length;
}

export function receiveState(key: usize, keyLength: i32): i32 {
  const length = kernel.state_get(key, keyLength, buffer, capacity);
  if (makeRoom(length)) kernel.state_get(key, keyLength, received, length);
  return length;
}

export function receiveNextKey(key: usize, keyLength: i32): i32 {
  const length = kernel.state_next(key, keyLength, buffer, capacity);
  if (makeRoom(length)) kernel.state_next(key, keyLength, received, length);
  return length;
}

/** Whether the call has to be made again, with a larger buffer. */
export function makeRoom(length: i32): bool {
  received = length > capacity ? heap.alloc(length) : buffer;
  return length > capacity;
}
