/** The import sets of the product as wasm sees them: pointers and lengths. Authors use `kernelscope` instead. */

@external("kernel", "self")
export declare function self(out: usize, capacity: i32): i32;

@external("kernel", "from")
export declare function from(out: usize, capacity: i32): i32;

@external("kernel", "method")
export declare function method(out: usize, capacity: i32): i32;

@external("kernel", "args")
export declare function args(out: usize, capacity: i32): i32;

@external("kernel", "state_get")
export declare function stateGet(key: usize, keyLength: i32, out: usize, capacity: i32): i32;

@external("kernel", "state_set")
export declare function stateSet(key: usize, keyLength: i32, value: usize, valueLength: i32): void;

@external("kernel", "state_delete")
export declare function stateDelete(key: usize, keyLength: i32): i32;

@external("kernel", "state_next")
export declare function stateNext(key: usize, keyLength: i32, out: usize, capacity: i32): i32;

@external("kernel", "send")
export declare function send(
  to: usize, toLength: i32,
  method: usize, methodLength: i32,
  args: usize, argsLength: i32,
  replyTo: usize, replyToLength: i32,
): void;

@external("kernel", "ask")
export declare function ask(
  to: usize, toLength: i32,
  method: usize, methodLength: i32,
  args: usize, argsLength: i32,
  replyTo: usize, replyToLength: i32,
  within: i32,
): void;

@external("kernel", "reply")
export declare function reply(value: usize, valueLength: i32): void;

@external("kernel", "create")
export declare function create(name: usize, nameLength: i32, code: usize, codeLength: i32): void;

@external("kernel", "create_code")
export declare function createCode(name: usize, nameLength: i32, code: usize, codeLength: i32): void;

@external("kernel", "copy")
export declare function copy(source: usize, sourceLength: i32, name: usize, nameLength: i32): void;

@external("kernel", "bind")
export declare function bind(to: usize, toLength: i32, code: usize, codeLength: i32): void;

@external("kernel", "bind_code")
export declare function bindCode(to: usize, toLength: i32, code: usize, codeLength: i32): void;

@external("kernel", "remove")
export declare function remove(to: usize, toLength: i32): void;

@external("kernel", "gas_left")
export declare function gasLeft(): i64;

@external("kernel", "time")
export declare function time(): i64;

@external("kernel", "random")
export declare function random(out: usize, capacity: i32): i32;

@external("kernel", "log")
export declare function log(message: usize, messageLength: i32): void;

@external("kernel", "abort")
export declare function abort(message: usize, messageLength: i32): void;

@external("debug", "print")
export declare function print(value: i32): void;

@external("debug", "print_i64")
export declare function printI64(value: i64): void;

@external("debug", "print_f64")
export declare function printF64(value: f64): void;

@external("debug", "printMem")
export declare function printMem(text: usize, length: i32): void;

@external("debug", "printMemHex")
export declare function printMemHex(bytes: usize, length: i32): void;

@external("debug", "stackTrace")
export declare function stackTrace(): void;
