/** What imports hand back, of any length: into a buffer that is used again, or a larger one when it doesn't fit. */
import * as imports from "./imports";

const buffer: usize = memory.data(1024, 16);
const capacity: i32 = 1024;

/** Where the bytes of the last call lie, until the next one. */
export let received: usize = buffer;

export function receiveArguments(): i32 {
  const length = imports.args(buffer, capacity);
  if (makeRoom(length)) imports.args(received, length);
  return length;
}

export function receiveMethod(): i32 {
  const length = imports.method(buffer, capacity);
  if (makeRoom(length)) imports.method(received, length);
  return length;
}

export function receiveSelf(): i32 {
  const length = imports.self(buffer, capacity);
  if (makeRoom(length)) imports.self(received, length);
  return length;
}

export function receiveFrom(): i32 {
  const length = imports.from(buffer, capacity);
  if (makeRoom(length)) imports.from(received, length);
  return length;
}

export function receiveState(key: usize, keyLength: i32): i32 {
  const length = imports.stateGet(key, keyLength, buffer, capacity);
  if (makeRoom(length)) imports.stateGet(key, keyLength, received, length);
  return length;
}

export function receiveNextKey(key: usize, keyLength: i32): i32 {
  const length = imports.stateNext(key, keyLength, buffer, capacity);
  if (makeRoom(length)) imports.stateNext(key, keyLength, received, length);
  return length;
}

/** Whether the call has to be made again, with a larger buffer. */
function makeRoom(length: i32): bool {
  received = length > capacity ? heap.alloc(length) : buffer;
  return length > capacity;
}
