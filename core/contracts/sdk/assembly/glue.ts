/** What the code that the compiler adds to a contract calls. Not for authors. */
import * as kernel from "./kernel";
import * as reader from "./reader";
import * as writer from "./writer";
import { fail } from "./fail";
import { received, receiveArguments } from "./received";

/** Before the arguments are read one by one. */
// @ts-ignore: decorator
@global
function __openArguments(count: i32): void {
  const length = receiveArguments();
  reader.open(received, length);
  if (reader.readList() != count) fail("expected " + count.toString() + " arguments");
}

// @ts-ignore: decorator
@global
function __readArgument<T>(): T {
  return reader.read<T>();
}

// @ts-ignore: decorator
@global
function __reply<T>(value: T): void {
  writer.begin();
  writer.write<T>(value);
  kernel.reply(writer.address(0), writer.written());
}

// @ts-ignore: decorator
@global
function __writeRecord(fields: i32): void {
  writer.writeMap(fields);
}

// @ts-ignore: decorator
@global
function __writeField<T>(name: string, value: T): void {
  writer.write<string>(name);
  writer.write<T>(value);
}

// @ts-ignore: decorator
@global
function __enterRecord(): usize {
  return reader.enterMap();
}

// @ts-ignore: decorator
@global
function __readField<T>(map: usize, name: string): T {
  return reader.readField<T>(map, name);
}

// @ts-ignore: decorator
@global
function __hasField(map: usize, name: string): bool {
  return reader.findField(map, name);
}

// @ts-ignore: decorator
@global
function __setField<T>(record: usize, offset: usize, value: T): void {
  store<T>(record + offset, value);
}

// @ts-ignore: decorator
@global
function __leaveRecord(map: usize): void {
  reader.leaveMap(map);
}

/** Virtual time and chance come from the kernel, for the language's own library, too. */
export function seed(): f64 {
  return <f64>kernel.time();
}
