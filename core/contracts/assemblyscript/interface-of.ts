/** The interface of a contract, from its types as the compiler understands them. */
import {
  type Class,
  ClassDeclaration,
  type Element,
  type Program,
  type Range,
  type Source,
  type Type,
  type TypeNode,
} from 'assemblyscript';
import type { Diagnostic } from '../build';
import { errorIn } from '../diagnostic';
import type { ContractInterface, Method, Parameter, RecordType, TypeText } from '../interface';
import { placeOf } from './diagnostics';
import { docBefore, docOfFile } from './docs';
import { libraryPrefix, sdkPrefix } from './library';
import type { DeclaredMethod } from './methods';
import { fieldsOf } from './records';

export interface DescribedProgram {
  readonly contract: ContractInterface;
  /** Where a method takes or returns what no message can carry. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The program is initialised; none of it has been compiled. */
export function describeProgram(
  program: Program,
  source: Source,
  declared: readonly DeclaredMethod[],
): DescribedProgram {
  const diagnostics: Diagnostic[] = [];
  const types = createTypeWriter(program);
  const file = program.filesByName.get(source.internalPath);
  const write = (node: TypeNode): TypeText => {
    const type = file === undefined ? null : types.write(node, file, null);
    // A type that can't be resolved is the compiler's to report.
    if (type === null || type.ok) return type?.text ?? 'value';
    diagnostics.push(errorIn(node.range.source.normalizedPath, type.reason, placeOf(node.range)));
    return 'value';
  };

  const methods = declared.flatMap(({ name, declaration }): Method[] => {
    const { parameters, returnType } = declaration.signature;
    const wrong = (range: Range, words: string) =>
      diagnostics.push(errorIn(range.source.normalizedPath, words, placeOf(range)));
    if (declaration.isGeneric)
      wrong(declaration.name.range, `the method ${name} has type parameters; a message can't choose them`);
    if (name === 'receive') {
      if (parameters.length > 0 || !isVoidNode(returnType))
        wrong(
          declaration.name.range,
          'receive takes any message: it has no parameters and returns nothing; use args() and reply()',
        );
      return [];
    }
    for (const parameter of parameters)
      if (parameter.initializer !== null)
        wrong(parameter.range, 'a parameter of a method has no default: a message gives all of them');
    const params = parameters.map((parameter) => ({
      name: parameter.name.text,
      type: write(parameter.type),
    }));
    const result = isVoidNode(returnType) ? null : write(returnType);
    const doc = docBefore(source.text, declaration.range.start);
    return [{ name, ...(doc === null ? {} : { doc }), params, result }];
  });
  const doc = docOfFile(source.text);
  return {
    contract: { kernelscope: 1, ...(doc === null ? {} : { doc }), methods, records: types.records() },
    diagnostics,
  };
}

type WrittenType =
  { readonly ok: true; readonly text: TypeText } | { readonly ok: false; readonly reason: string };

interface TypeWriter {
  /** `null` when the compiler can't resolve the type. */
  write(node: TypeNode, context: Element, types: Map<string, Type> | null): WrittenType | null;
  /** The records that were named so far. */
  records(): readonly RecordType[];
}

function createTypeWriter(program: Program): TypeWriter {
  const recordByClass = new Map<Class, RecordType>();
  const open = new Set<Class>();

  function write(node: TypeNode, context: Element, types: Map<string, Type> | null): WrittenType | null {
    const type = program.resolver.resolveType(node, null, context, types, swallowErrors);
    return type === null ? null : writeType(type, node);
  }

  function writeType(type: Type, node: TypeNode): WrittenType {
    if (type.isBooleanValue) return written('bool');
    if (type.isIntegerValue) return written(`${type.isSignedIntegerValue ? 's' : 'u'}${type.size}`);
    if (type.isFloatValue) return written(`f${type.size}`);
    const held = type.getClass();
    if (held === null) return refused(node);
    const text = writeClass(held, node);
    return text.ok && type.isNullableReference ? written(`option<${text.text}>`) : text;
  }

  function writeClass(held: Class, node: TypeNode): WrittenType {
    if (held === program.stringInstance) return written('string');
    if (held.internalName === `${sdkPrefix}index/Value`) return written('value');
    if (held.isArrayLike) {
      const item = writeType(held.getArrayValueType(), node);
      return item.ok ? written(`list<${item.text}>`) : item;
    }
    const { declaration } = held.prototype;
    const isOwn = !held.internalName.startsWith(libraryPrefix);
    if (isOwn && declaration instanceof ClassDeclaration && !held.isInterface)
      return writeRecord(held, declaration);
    return refused(node);
  }

  function writeRecord(held: Class, declaration: ClassDeclaration): WrittenType {
    const known = recordByClass.get(held);
    if (known !== undefined) return written(known.name);
    if (open.has(held)) return { ok: false, reason: `${held.name} holds itself; a message has an end` };
    if (held.base !== null && !held.base.internalName.startsWith(libraryPrefix))
      return {
        ok: false,
        reason: `${held.name} extends ${held.base.name}; a record has no fields but its own`,
      };
    open.add(held);
    const fields: Parameter[] = [];
    for (const field of fieldsOf(declaration)) {
      const type = write(field.type, held, held.contextualTypeArguments);
      if (type?.ok === false) {
        open.delete(held);
        return { ok: false, reason: `${held.name}.${field.name}: ${type.reason}` };
      }
      fields.push({ name: field.name, type: type?.text ?? 'value' });
    }
    open.delete(held);
    const record = { name: freeName(plainName(held.name)), fields };
    recordByClass.set(held, record);
    return written(record.name);
  }

  /** Two files may each have a class of the same name. */
  function freeName(name: string): string {
    const taken = new Set([...recordByClass.values()].map((record) => record.name));
    let free = name;
    for (let number = 2; taken.has(free) || builtIn.has(free); number++) free = `${name}${number}`;
    return free;
  }

  return { write, records: () => [...recordByClass.values()] };
}

const written = (text: TypeText): WrittenType => ({ ok: true, text });

const refused = ({ range }: TypeNode): WrittenType => ({
  ok: false,
  reason: `no message can carry a value of type ${textOf(range)}; use integers, floats, bool, string, Uint8Array, arrays, and classes with such fields`,
});

/** `Pair<~lib/string/String>` as a name without paths and brackets. */
const plainName = (name: string): string =>
  name
    .replace(/[\w~./-]*\//g, '')
    .replace(/[^\p{ID_Continue}]+/gu, '_')
    .replace(/_$/, '');

/** What the type language means by itself. */
const builtIn: ReadonlySet<string> = new Set(['bool', 'string', 'value', 'list', 'option', 'result']);

const isVoidNode = ({ range }: TypeNode): boolean => textOf(range) === 'void';

const textOf = ({ source, start, end }: Range): string => source.text.slice(start, end);

/** The compiler will report them when it comes to the same type. */
const swallowErrors = 1;
