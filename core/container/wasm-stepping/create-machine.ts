/** Puts a machine together: an interpreter, the host's side of the run, and the moments that are kept of both. */
import { assert } from '../../base/result';
import { misfitToResult } from '../misfit';
import { importedCall } from './call-import';
import { createExterns } from './externs';
import { createHost } from './host';
import { writeImage } from './image';
import { createInterpreter } from './interpreter';
import { descriptorBytes } from './layout';
import type { Snapshot, SteppingMachine } from './machine';
import { createMarks } from './marks';
import { createMemoryWatch } from './memory-watch';
import { createMoments } from './moments';
import { Op, Register } from './operations';
import { bytesBeyond, noPages, readPages } from './pages';
import type { Moment, SteppingParts } from './parts';
import { createPlacedWords } from './placed-words';
import { createRun } from './run';
import { createStack } from './stack';

/** How many calls an observer is shown of what led to an import. */
const deepestStack = 64;

/** `onDispose` is given the machine, which can be started again. */
export function createMachine(
  parts: SteppingParts,
  onDispose: (machine: SteppingMachine) => void,
): SteppingMachine {
  const { layout, module, misfit } = parts;
  const interpreter = createInterpreter(parts.interpreter);
  const stack = createStack(interpreter, parts);
  const words = createPlacedWords(interpreter, parts);
  const marks = createMarks(interpreter, words, parts);
  const watch = createMemoryWatch(interpreter, parts);
  const host = createHost(interpreter, parts, { stack: stackAtImport, onWrite: watch.note });
  const machine = { parts, interpreter, words, marks, host, stack, watch, externs: createExterns() };
  const run = createRun(machine);
  const moments = createMoments(interpreter, parts);
  if (misfit === null) writeImage(interpreter, parts);
  const fresh = moments.keep();
  let last: Snapshot | null = null;

  /** Without the call that gave way to the import. */
  function stackAtImport() {
    const operation = words.operationAt(interpreter.word(Register.pc) >>> 0);
    const isTail = operation === Op.ReturnCallImport || operation === Op.ReturnCallIndirect;
    return stack.positions(isTail ? 1 : 0, deepestStack);
  }

  function momentOf(snapshot: Snapshot): Moment {
    const moment = parts.moments.get(snapshot);
    assert(moment !== undefined, 'a snapshot is of a machine of the same code');
    return moment;
  }

  const memorySize = (): number => interpreter.long(Register.memorySize);

  const steppingMachine: SteppingMachine = {
    start(entry, environment, observer) {
      last = null;
      if (misfit !== null) return { kind: 'end', result: misfitToResult(misfit), results: [] };
      moments.putBack(fresh);
      return run.begin({ entry, observer }, environment);
    },
    run: (until) => run.run(until),
    breakpoints: (list) => marks.create(list),

    position() {
      const pc = interpreter.word(Register.pc) >>> 0;
      return {
        ...parts.code.map.positionAt(pc),
        count: run.count(),
        depth: interpreter.word(Register.depth),
        gasLeft: Math.max(0, interpreter.long(Register.gas)),
      };
    },
    get count() {
      return run.count();
    },
    get environment() {
      return host.environment;
    },
    nextImport() {
      const call = run.isOver() ? null : importedCall(machine);
      if (call === null) return null;
      const { module: set, name } = host.importAt(call.callee);
      return { set, name, args: host.trace(call.callee, call.operands) };
    },
    observe: (observer) => host.observe(observer),
    importCalls: (qualified) =>
      qualified === undefined ? host.calls.count : (host.calls.countByImport.get(qualified) ?? 0),

    frames: (first, count) => stack.frames(first, count),
    globals: () =>
      module.globals.map(({ type }, index) => ({ type, bits: interpreter.bits(layout.globals + 8 * index) })),
    tableSizes: () =>
      module.tables.map((_, index) => interpreter.word(layout.tables + descriptorBytes * index + 4)),
    table(index, first, count) {
      const type = module.tables[index]?.element;
      assert(type !== undefined, `there is a table ${index}`);
      const contents = interpreter.word(layout.tables + descriptorBytes * index) >>> 0;
      const size = interpreter.word(layout.tables + descriptorBytes * index + 4);
      return Array.from({ length: Math.max(0, Math.min(count, size - first)) }, (_, place) => ({
        type,
        bits: BigInt(interpreter.word(contents + 4 * (first + place)) >>> 0),
      }));
    },
    memorySize,
    memory(address, length) {
      const end = Math.min(address + length, memorySize());
      return interpreter.bytes().slice(layout.memory + address, layout.memory + Math.max(address, end));
    },

    setLocal: (frame, local, bits) => stack.setLocal(frame, local, bits),
    setOperand: (frame, operand, bits) => stack.setOperand(frame, operand, bits),
    setGlobal(index, bits) {
      const type = module.globals[index]?.type;
      assert(type !== undefined, `there is a global ${index}`);
      const size = type === 'i64' || type === 'f64' ? 64 : 32;
      interpreter.setBits(layout.globals + 8 * index, BigInt.asUintN(size, bits));
    },
    setMemory(address, bytes) {
      assert(address + bytes.length <= memorySize(), 'the bytes fit into the memory');
      interpreter.bytes().set(bytes, layout.memory + address);
      if (bytes.length > 0) watch.note(address, bytes.length);
    },
    addAnswer: (answer) => host.addAnswer(answer),

    snapshot() {
      assert(!run.isOver(), 'a run is on');
      const before = last === null ? null : (parts.moments.get(last)?.host ?? null);
      const instance = moments.keep();
      const snapshot: Snapshot = {
        count: run.count(),
        importCalls: host.calls.count,
        byteLength: instance.byteLength,
      };
      parts.moments.set(snapshot, { instance, host: host.keep(before), inputs: run.inputs() });
      last = snapshot;
      return snapshot;
    },
    memoryAt: (snapshot, address, length) => readPages(momentOf(snapshot).instance.memory, address, length),
    bytesBeyond(snapshot, other) {
      const { registers, memory, stack, tables, tableChanges } = momentOf(snapshot).instance;
      const before = other === null ? null : momentOf(other).instance;
      const tableBytes =
        before?.tableChanges === tableChanges ? 0 : tables.reduce((sum, { length }) => sum + length, 0);
      return (
        registers.length +
        tableBytes +
        bytesBeyond(memory, before?.memory ?? noPages) +
        bytesBeyond(stack, before?.stack ?? noPages)
      );
    },
    restore(snapshot) {
      const moment = momentOf(snapshot);
      moments.putBack(moment.instance);
      host.putBack(moment.host);
      run.resume(moment.inputs);
      last = snapshot;
    },
    digest: () => moments.digest(),
    dispose: () => onDispose(steppingMachine),
  };
  return steppingMachine;
}
