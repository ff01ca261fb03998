/**
 * The work of primea-hypervisor's own benchmark: each of `actors` actors gets one message that holds a list of `depth`
 * others; whoever gets a list sends what is left of it to the one it takes off. `actors * (depth + 1)` messages in all.
 */
export interface Chain {
  readonly actors: number;
  readonly depth: number;
  /** For each actor, the numbers of those its message goes on to. */
  readonly routes: readonly (readonly number[])[];
}

export const messagesIn = ({ actors, depth }: Chain): number => actors * (depth + 1);

/** The same routes for the same numbers, so that both sides do the same work. */
export function createChain(actors: number, depth: number): Chain {
  let seed = 1;
  const draw = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * actors);
  };
  const routes = Array.from({ length: actors }, () => Array.from({ length: depth }, draw));
  return { actors, depth, routes };
}

export const actorName = (actor: number): string => `a${actor}`;

/**
 * The actor as a contract. `args` is a dag-cbor list of names: its first byte is 0x80 + the number of names, each name
 * a byte 0x60 + its length and its letters. To take the first name off is to write a shorter list's first byte
 * over the last letter of it.
 */
export const chainContract = `(module
  (import "kernel" "args" (func $args (param i32 i32) (result i32)))
  (import "kernel" "send" (func $send (param i32 i32 i32 i32 i32 i32 i32 i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "/")
  (data (i32.const 64) "main")
  (func (export "receive")
    (local $size i32) (local $count i32) (local $name i32) (local $rest i32)
    (local.set $size (call $args (i32.const 1024) (i32.const 1024)))
    (local.set $count (i32.sub (i32.load8_u (i32.const 1024)) (i32.const 0x80)))
    (if (i32.eqz (local.get $count)) (then (return)))
    (local.set $name (i32.sub (i32.load8_u (i32.const 1025)) (i32.const 0x60)))
    (memory.copy (i32.const 1) (i32.const 1026) (local.get $name))
    (local.set $rest (i32.add (i32.const 1025) (local.get $name)))
    (i32.store8 (local.get $rest) (i32.add (i32.const 0x7f) (local.get $count)))
    (call $send
      (i32.const 0) (i32.add (local.get $name) (i32.const 1))
      (i32.const 64) (i32.const 4)
      (local.get $rest) (i32.sub (i32.add (i32.const 1024) (local.get $size)) (local.get $rest))
      (i32.const 0) (i32.const 0))))`;
