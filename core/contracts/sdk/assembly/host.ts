/** The import set `kernel`, as the instance sees it. */
@external("kernel", "self") export declare function self(out: usize, capacity: i32): i32;
@external("kernel", "from") export declare function from(out: usize, capacity: i32): i32;
@external("kernel", "method") export declare function method(out: usize, capacity: i32): i32;
@external("kernel", "args") export declare function args(out: usize, capacity: i32): i32;
@external("kernel", "state_get") export declare function state_get(key: usize, keyLength: i32, out: usize, capacity: i32): i32;
@external("kernel", "state_set") export declare function state_set(key: usize, keyLength: i32, value: usize, valueLength: i32): void;
@external("kernel", "state_delete") export declare function state_delete(key: usize, keyLength: i32): i32;
@external("kernel", "state_next") export declare function state_next(key: usize, keyLength: i32, out: usize, capacity: i32): i32;
@external("kernel", "send") export declare function send(to: usize, toLength: i32, method: usize, methodLength: i32, args: usize, argsLength: i32, replyTo: usize, replyToLength: i32): void;
@external("kernel", "reply") export declare function reply(value: usize, valueLength: i32): void;
@external("kernel", "create") export declare function create(name: usize, nameLength: i32, code: usize, codeLength: i32): void;
@external("kernel", "gas_left") export declare function gas_left(): i64;
@external("kernel", "time") export declare function time(): i64;
@external("kernel", "random") export declare function random(out: usize, capacity: i32): i32;
@external("kernel", "log") export declare function log(message: usize, messageLength: i32): void;
@external("kernel", "abort") export declare function abort(message: usize, messageLength: i32): void;
