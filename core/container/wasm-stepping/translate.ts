/** Turns a module's functions into the words that the interpreter runs, charged for as metered code is. */
import { assert } from '../../base/result';
import type { Instruction } from '../../wasm/decode-instruction';
import { op } from '../../wasm/instructions';
import { type FunctionPlan, planFunction, typeAt } from '../../wasm/metering/plan';
import type { FunctionBody, WasmModule } from '../../wasm/module';
import { readS64 } from '../../wasm/reader';
import type { FunctionType } from '../../wasm/shape';
import { type BodyLabel, type BodyStep, labelAt, walkBody } from '../../wasm/walk-body';
import { type CodeMap, type MapEntry, createCodeMap } from './code-map';
import { fuse } from './fusing';
import { type FixedLayout, descriptorBytes } from './layout';
import { Op } from './operations';

export interface TranslatedCode {
  readonly words: Int32Array;
  readonly map: CodeMap;
  /** By index; `entry` is 0 for an imported function. */
  readonly functions: readonly TranslatedFunction[];
  readonly largestFrame: number;
  /** Tables that code may make grow. */
  readonly growing: ReadonlySet<number>;
}

export interface TranslatedFunction {
  /** Types of the same parameters and results have the same number. */
  readonly type: number;
  readonly entry: number;
  readonly parameterBytes: number;
  /** Parameters and locals. */
  readonly localBytes: number;
}

export function translateModule(module: WasmModule, layout: FixedLayout): TranslatedCode {
  const words: number[] = [];
  const entries: MapEntry[] = [];
  const callsTo: (readonly [at: number, functionIndex: number])[] = [];
  const growing = new Set<number>();
  const typeNumbers = numberTypes(module.types);
  let largestFrame = 0;
  const functions = module.functionTypes.map((type, index): TranslatedFunction => {
    const body = module.bodies[index - module.importedFunctions];
    return {
      type: typeNumbers[type] ?? 0,
      entry: 0,
      parameterBytes: 8 * typeAt(module, type).params.length,
      localBytes: 8 * (typeAt(module, type).params.length + (body?.localCount ?? 0)),
    };
  });
  const context: Context = { module, layout, words, entries, callsTo, growing, typeNumbers, functions };
  const starts = module.bodies.map((body, index) => {
    const start = words.length;
    const plan = planFunction(module, body);
    largestFrame = Math.max(largestFrame, plan.slots);
    const own = functions[index + module.importedFunctions];
    assert(own !== undefined, 'a body has its function');
    translateBody(context, body, plan, own);
    return start;
  });
  const entryOf = (index: number): number => {
    const start = starts[index - module.importedFunctions];
    return start === undefined ? 0 : layout.code + 4 * start;
  };
  for (const [at, index] of callsTo) words[at] = entryOf(index);
  const map = createCodeMap(
    entries,
    starts.map((start) => layout.code + 4 * start),
    module,
  );
  const code = Int32Array.from(words);
  fuse(code, map, layout.code);
  return {
    words: code,
    map,
    functions: functions.map((translated, index) => ({ ...translated, entry: entryOf(index) })),
    largestFrame,
    growing,
  };
}

interface Context {
  readonly module: WasmModule;
  readonly layout: FixedLayout;
  readonly words: number[];
  readonly entries: MapEntry[];
  readonly callsTo: (readonly [at: number, functionIndex: number])[];
  readonly growing: Set<number>;
  readonly typeNumbers: readonly number[];
  readonly functions: readonly TranslatedFunction[];
}

/** A label whose end is not reached yet, with the words that wait for its address. */
interface Target {
  readonly waiting: number[];
  /** Of a loop, which branches lead back to. */
  address: number | null;
  /** The word of an `if` that wants to know where its `else` is. */
  elseAt: number | null;
}

function translateBody(
  context: Context,
  body: FunctionBody,
  plan: FunctionPlan,
  own: TranslatedFunction,
): void {
  const { module, layout, words, entries } = context;
  const type = typeAt(module, body.type);
  const targets: Target[] = [{ waiting: [], address: null, elseAt: null }];
  let nextSegment = 0;
  let line: Line | null = null;

  const here = (): number => layout.code + 4 * words.length;

  function emit(...operation: readonly number[]): void {
    for (const word of operation) words.push(word);
  }

  /** Ends the straight line; what it counts is known now. */
  function endLine(): void {
    if (line === null) return;
    const count = entries.length - line.firstEntry;
    words[line.countAt] = count;
    for (let place = 0; place < count; place++) {
      const entry = entries[line.firstEntry + place];
      if (entry !== undefined) entry.rest = count - place;
    }
    line = null;
  }

  function beginLine(operation: number, ...rest: readonly number[]): void {
    endLine();
    emit(operation, 0, ...rest);
    line = { countAt: words.length - 1 - rest.length, firstEntry: entries.length };
  }

  function enterSegment(offset: number): void {
    const segment = plan.segments[nextSegment];
    if (segment?.offset !== offset) return;
    const isStart = nextSegment === 0;
    nextSegment++;
    endLine();
    const { gas, check } = segment;
    if (gas === 0 && !check) return;
    entries.push({ address: here(), offset, rest: 0 });
    if (isStart) beginLine(Op.Enter, gas, offset, plan.slots);
    else beginLine(check ? Op.ChargeAndCheck : Op.Charge, gas, offset);
  }

  /** Of an instruction: it is counted, and can be stopped at. */
  function emitAt(offset: number, ...operation: readonly number[]): void {
    if (line === null) beginLine(Op.Count);
    entries.push({ address: here(), offset, rest: 0 });
    emit(...operation);
  }

  /** Where a branch leads; the word after the one that was written last waits for it when it isn't known. */
  function target(depth: number, wordsBefore: number): number {
    const found = targets.at(-1 - depth);
    assert(found !== undefined, 'a branch in valid code has its target');
    if (found.address === null) found.waiting.push(words.length + wordsBefore);
    return found.address ?? 0;
  }

  const indirect = ({ first, second }: Instruction): readonly [number, number] => [
    context.typeNumbers[first] ?? 0,
    layout.tables + descriptorBytes * second,
  ];

  const returning = [own.localBytes, plan.slots, type.results.length] as const;

  enterSegment(body.code);
  walkBody(module, body, (step) => {
    translate(step);
    enterSegment(step.next);
  });

  function translate({ instruction, operands, labels, isReached }: BodyStep): void {
    const { info, at, first, second } = instruction;
    switch (info.code) {
      case op.block:
        targets.push({ waiting: [], address: null, elseAt: null });
        return;
      case op.loop:
        targets.push({ waiting: [], address: here(), elseAt: null });
        return;
      case op.if:
        emitAt(at, Op.If, 0);
        endLine();
        targets.push({ waiting: [], address: null, elseAt: words.length - 1 });
        return;
      case op.else: {
        endLine();
        const target = targets.at(-1);
        assert(target !== undefined && target.elseAt !== null, 'an else has its if');
        if (isReached) {
          emit(Op.Jump, 0);
          target.waiting.push(words.length - 1);
        }
        words[target.elseAt] = here();
        target.elseAt = null;
        return;
      }
      case op.end: {
        const target = targets.pop();
        assert(target !== undefined, 'an end has its block');
        // A block that nothing branches to goes on in its line.
        if (target.waiting.length > 0 || target.elseAt !== null || targets.length === 0) endLine();
        if (target.elseAt !== null) target.waiting.push(target.elseAt);
        for (const word of target.waiting) words[word] = here();
        if (targets.length > 0) return;
        entries.push({ address: here(), offset: at, rest: 0 });
        emit(Op.End, ...returning);
        return;
      }
      case op.br:
      case op.brIf:
        return translateBranch(instruction, operands.length, labels);
      case op.brTable: {
        const { labels: depths } = instruction;
        emitAt(at, Op.BranchTable, depths.length);
        for (const depth of depths) {
          const { kept, dropped } = crossing(labelAt(labels, depth), operands.length - 1);
          emit(target(depth, 0), 8 * dropped, 8 * kept);
        }
        return endLine();
      }
      case op.return:
        emitAt(at, Op.Return, ...returning);
        return endLine();
      case op.call:
        if (first < module.importedFunctions) emitAt(at, Op.CallImport, first);
        else emitCall(at, Op.Call, first);
        return endLine();
      case op.callIndirect:
        emitAt(at, Op.CallIndirect, ...indirect(instruction));
        return endLine();
      case op.returnCall:
        if (first < module.importedFunctions) {
          emitAt(at, Op.ReturnCallImport, first);
          endLine();
          emit(Op.End, ...returning);
          return;
        }
        emitCall(at, Op.ReturnCall, first);
        emit(own.localBytes, plan.slots);
        return endLine();
      case op.returnCallIndirect:
        emitAt(at, Op.ReturnCallIndirect, ...indirect(instruction), own.localBytes, plan.slots);
        endLine();
        // For an imported callee, which has no frame to put in place of this one.
        emit(Op.End, ...returning);
        return;
      default:
        emitAt(at, ...plainOperation(context, instruction, first, second));
    }
  }

  function emitCall(at: number, operation: Op, callee: number): void {
    const called = context.functions[callee];
    assert(called !== undefined, 'a call in valid code has its callee');
    emitAt(at, operation, 0, called.parameterBytes, called.localBytes);
    context.callsTo.push([words.length - 3, callee]);
  }

  function translateBranch({ info, at, first }: Instruction, height: number, labels: BodyLabel[]): void {
    const isConditional = info.code === op.brIf;
    const { kept, dropped } = crossing(labelAt(labels, first), isConditional ? height - 1 : height);
    const operation = branchOperations[isConditional ? 'if' : 'always'];
    if (line === null) beginLine(Op.Count);
    if (dropped === 0) emitAt(at, operation.plain, target(first, 1));
    else if (kept === 0) emitAt(at, operation.dropping, target(first, 1), 8 * dropped);
    else if (kept === 1) emitAt(at, operation.keepingOne, target(first, 1), 8 * dropped);
    else emitAt(at, operation.keeping, target(first, 1), 8 * dropped, 8 * kept);
    endLine();
  }
}

interface Line {
  readonly countAt: number;
  readonly firstEntry: number;
}

const branchOperations = {
  always: {
    plain: Op.Branch,
    dropping: Op.BranchDropping,
    keepingOne: Op.BranchKeepingOne,
    keeping: Op.BranchKeeping,
  },
  if: {
    plain: Op.BranchIf,
    dropping: Op.BranchIfDropping,
    keepingOne: Op.BranchIfKeepingOne,
    keeping: Op.BranchIfKeeping,
  },
} as const;

/** How many operands a branch takes along, and how many under those fall. */
function crossing({ opcode, params, results, height }: BodyLabel, found: number) {
  const kept = (opcode === op.loop ? params : results).length;
  return { kept, dropped: found - height - kept };
}

/** What goes on with the next operation. */
function plainOperation(
  { module, layout, growing }: Context,
  { info, immediateAt }: Instruction,
  first: number,
  second: number,
): readonly number[] {
  const word = info.code < 0x100 ? info.code : Op.Prefixed + (info.code & 0xff);
  const table = (index: number): number => layout.tables + descriptorBytes * index;
  const data = (index: number): number => layout.data + descriptorBytes * index;
  const element = (index: number): number => layout.elements + descriptorBytes * index;
  switch (info.immediate) {
    case 'local':
      return [word, 8 * first];
    case 'global':
      return [word, layout.globals + 8 * first];
    case 'table':
      if (info.code === op.tableGrow) growing.add(first);
      return [word, table(first)];
    case 'memory':
      return [word, second];
    case 'i32':
      return [word, first];
    case 'i64':
      return [word, ...halves(readS64({ bytes: module.bytes, at: immediateAt, end: module.bytes.length }))];
    case 'f32':
      return [word, wordAt(module.bytes, immediateAt)];
    case 'f64':
      return [word, wordAt(module.bytes, immediateAt), wordAt(module.bytes, immediateAt + 4)];
    case 'function':
      return [word, first + 1];
    case 'types':
      return [Op.Select];
    case 'data memory':
    case 'data':
      return [word, data(first)];
    case 'element table':
      return [word, table(second), element(first)];
    case 'element':
      return [word, element(first)];
    case 'table table':
      return [word, table(first), table(second)];
    default:
      return [word];
  }
}

const halves = (value: bigint): readonly [number, number] => [
  Number(BigInt.asIntN(32, value)),
  Number(BigInt.asIntN(32, value >> 32n)),
];

const wordAt = (bytes: Uint8Array, at: number): number =>
  (bytes[at] ?? 0) |
  ((bytes[at + 1] ?? 0) << 8) |
  ((bytes[at + 2] ?? 0) << 16) |
  ((bytes[at + 3] ?? 0) << 24);

/** For each type the index of the first one that is the same. */
function numberTypes(types: readonly FunctionType[]): readonly number[] {
  const numberByText = new Map<string, number>();
  return types.map(({ params, results }, index) => {
    const text = `${params.join(' ')}>${results.join(' ')}`;
    const known = numberByText.get(text);
    if (known !== undefined) return known;
    numberByText.set(text, index);
    return index;
  });
}
