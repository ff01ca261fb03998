/**
 * The part of a contract that its author doesn't write: made from the exported functions while the compiler has them
 * as syntax. Functions of scalars stay exports as they are; for each other one there is a wrapper that reads the
 * message's arguments and replies. Classes get methods that write and read them as records.
 */
import {
  ClassDeclaration,
  FieldDeclaration,
  FunctionDeclaration,
  NamedTypeNode,
  Parser,
  type Range,
  type Source,
  type Statement,
  type TypeNode,
} from 'assemblyscript';
import { assert } from '../base/result';
import type { ContractInterface, Method, Parameter, RecordType, TypeText } from './interface';
import { isScalarType, parseType } from './types';

export interface Dispatcher {
  readonly contract: ContractInterface;
  /** Text of the file that exports the methods from the contract under their names. */
  readonly exports: string;
  readonly faults: readonly DispatcherFault[];
}

/** Something that no message can carry, at its place in the source. */
export interface DispatcherFault {
  readonly range: Range;
  readonly message: string;
}

/** Adds wrappers to the contract's source and record methods to classes. `sources` are all those of the workspace. */
export function addDispatcher(
  contract: Source,
  sources: readonly Source[],
  contractImport: string,
): Dispatcher {
  const faults: DispatcherFault[] = [];
  const classes = sources.flatMap(({ statements }) =>
    statements.filter((statement) => statement instanceof ClassDeclaration),
  );
  const classByName = new Map(classes.map((declaration) => [declaration.name.text, declaration]));
  const records = new Map<string, RecordType>();

  function typeOf(node: TypeNode): TypeText | null {
    const type = node instanceof NamedTypeNode ? namedType(node) : null;
    if (type === null) {
      faults.push({
        range: node.range,
        message: `no message can carry a value of type ${textOf(node.range)}`,
      });
    }
    return type;
  }

  function namedType(node: NamedTypeNode): TypeText | null {
    if (node.name.next !== null) return null;
    const bare = bareType(node.name.identifier.text, node.typeArguments ?? []);
    return bare !== null && node.isNullable ? `option<${bare}>` : bare;
  }

  function bareType(name: string, typeArguments: readonly TypeNode[]): TypeText | null {
    const plain = plainTypes[name];
    if (plain !== undefined) return plain;
    const [item] = typeArguments;
    if ((name === 'Array' || name === 'StaticArray') && item !== undefined) {
      const of = typeOf(item);
      return of === null ? null : `list<${of}>`;
    }
    const declaration = classByName.get(name);
    return declaration !== undefined && typeArguments.length === 0 ? recordOf(declaration) : null;
  }

  function recordOf(declaration: ClassDeclaration): TypeText | null {
    const name = declaration.name.text;
    if (!records.has(name)) {
      // Known before its fields are, so that a record that holds itself doesn't go round for ever.
      records.set(name, { name, fields: [] });
      const fields = fieldsOf(declaration).flatMap((field): Parameter[] => {
        const type = field.type === null ? null : typeOf(field.type);
        return type === null ? [] : [{ name: field.name.text, type }];
      });
      records.set(name, { name, fields });
    }
    return name;
  }

  const functions = contract.statements.filter(isMethod);
  const methods = functions.map((declaration): Method => {
    const { parameters, returnType } = declaration.signature;
    const doc = docBefore(declaration.range);
    return {
      name: declaration.name.text,
      ...(doc === '' ? {} : { doc }),
      params: parameters.map(({ name, type }) => ({ name: name.text, type: typeOf(type) ?? 'value' })),
      result: textOf(returnType.range) === 'void' ? null : typeOf(returnType),
    };
  });
  for (const declaration of classes) addRecordMethods(declaration, classByName);
  const exportList = functions.map((declaration, index) => {
    const { name } = declaration;
    if (isScalarMethod(methods[index])) return name.text;
    const wrapper = `__call_${name.text}`;
    contract.statements.push(...parseInto(contract, wrapperText(wrapper, declaration)).statements);
    return `${wrapper} as ${name.text}`;
  });
  if (contract.statements.some(isCatchAll)) {
    exportList.push('receive');
  }
  return {
    contract: { kernelscope: 1, methods, records: [...records.values()] },
    exports: `export { ${exportList.join(', ')} } from ${JSON.stringify(contractImport)};\n`,
    faults,
  };
}

const plainTypes: Readonly<Record<string, TypeText>> = {
  bool: 'bool',
  boolean: 'bool',
  i8: 's8',
  i16: 's16',
  i32: 's32',
  i64: 's64',
  isize: 's32',
  u8: 'u8',
  u16: 'u16',
  u32: 'u32',
  u64: 'u64',
  usize: 'u32',
  f32: 'f32',
  f64: 'f64',
  number: 'f64',
  string: 'string',
  String: 'string',
  Uint8Array: 'list<u8>',
};

/** The compiler's `CommonFlags`, an enum that only its own build can name. */
const exportFlag = 2;
const staticFlag = 32;

const isExported = (statement: Statement): statement is FunctionDeclaration =>
  statement instanceof FunctionDeclaration &&
  statement.is(exportFlag) &&
  (statement.typeParameters ?? []).length === 0;

const isCatchAll = (statement: Statement): boolean =>
  isExported(statement) && statement.name.text === 'receive' && statement.signature.parameters.length === 0;

const isMethod = (statement: Statement): statement is FunctionDeclaration =>
  isExported(statement) && !isCatchAll(statement);

function isScalarMethod(method: Method | undefined): boolean {
  if (method === undefined) return false;
  const types = [
    ...method.params.map(({ type }) => type),
    ...(method.result === null ? [] : [method.result]),
  ];
  return types.every((text) => {
    const type = parseType(text);
    return type.ok && isScalarType(type.value);
  });
}

function wrapperText(wrapper: string, { name, signature }: FunctionDeclaration): string {
  const args = signature.parameters.map(({ type }) => `reader.value<${textOf(type.range)}>()`).join(', ');
  const result = textOf(signature.returnType.range);
  const call = `${name.text}(${args})`;
  return `export function ${wrapper}(): void {
  const reader = __kernelscope_arguments();
  ${result === 'void' ? call : `__kernelscope_reply<${result}>(${call})`};
}`;
}

const fieldsOf = ({ members }: ClassDeclaration): FieldDeclaration[] =>
  members.filter((member) => member instanceof FieldDeclaration).filter((field) => !field.is(staticFlag));

/** Only to classes whose every field is of a type that a value can be written as. */
function addRecordMethods(
  declaration: ClassDeclaration,
  classByName: ReadonlyMap<string, ClassDeclaration>,
): void {
  const fields = fieldsOf(declaration);
  const isRecord =
    (declaration.typeParameters ?? []).length === 0 &&
    declaration.extendsType === null &&
    fields.every(({ type }) => type !== null && isWritable(type, classByName));
  if (!isRecord) return;
  const typed = fields.flatMap(({ name, type }) =>
    type === null ? [] : [{ name: name.text, type: textOf(type.range) }],
  );
  // Keys of a dag-cbor map stand in order of their length, then of their bytes.
  const ordered = typed.toSorted(
    (left, right) => left.name.length - right.name.length || (left.name < right.name ? -1 : 1),
  );
  const [methods] = parseInto(
    declaration.range.source,
    `class Record {
  __encode<W>(writer: W): void {
    writer.head(5, ${ordered.length});
    ${ordered.map(({ name, type }) => `writer.text("${name}"); writer.value<${type}>(this.${name});`).join('\n    ')}
  }
  __decode<R>(reader: R): void {
    for (let left = reader.head(5); left > 0; left--) {
      const key = reader.text();
      ${ordered
        .map(
          ({ name, type }) =>
            `if (key == "${name}") store<${type}>(changetype<usize>(this), reader.value<${type}>(), offsetof<this>("${name}"));\n      else `,
        )
        .join('')}reader.skip();
    }
  }
}`,
  ).statements;
  if (methods instanceof ClassDeclaration) declaration.members.push(...methods.members);
}

function isWritable(node: TypeNode, classByName: ReadonlyMap<string, ClassDeclaration>): boolean {
  if (!(node instanceof NamedTypeNode) || node.name.next !== null) return false;
  const name = node.name.identifier.text;
  if (plainTypes[name] !== undefined) return true;
  if (name === 'Array' || name === 'StaticArray') {
    return (node.typeArguments ?? []).every((item) => isWritable(item, classByName));
  }
  return classByName.has(name);
}

/** Statements that stand in a file of the program, though their text is not in it. */
function parseInto(file: Source, text: string): Source {
  const parser = new Parser();
  parser.parseFile(text, 'kernelscope-dispatcher.ts', true);
  const [source] = parser.sources;
  assert(source !== undefined, 'the parser gives a source');
  source.internalPath = file.internalPath;
  return source;
}

const textOf = (range: Range): string => range.source.text.slice(range.start, range.end);

/** The doc comment above a declaration, as lines of plain text. */
function docBefore({ source, start }: Range): string {
  const comment = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(?:@[^\n]*\s*)*(?:export\s+)?$/.exec(
    source.text.slice(0, start),
  );
  return (comment?.[1] ?? '')
    .split('\n')
    .map((line) => line.trim().replace(/^\* ?/, ''))
    .join('\n')
    .trim();
}
