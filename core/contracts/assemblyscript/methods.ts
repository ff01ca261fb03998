/** A contract's methods: the exported functions of its file. Each gets an export that a message can call. */
import {
  ExportStatement,
  FunctionDeclaration,
  NamedTypeNode,
  type Source,
  type Statement,
  type TypeNode,
} from 'assemblyscript';
import { wrapperName } from '../wrapper-name';
import { createNodes, flag } from './nodes';

export interface DeclaredMethod {
  readonly name: string;
  readonly declaration: FunctionDeclaration;
}

/**
 * Finds the methods, in the order of the text. Those that take and return wasm's own numbers are exported as they
 * are; the others stay inside, and a function that reads the message and replies goes out in their place.
 */
export function exposeMethods(source: Source): readonly DeclaredMethod[] {
  const methods = [...exportedFunctions(source.statements), ...namedInExports(source.statements)];
  for (const method of methods) {
    const { name, declaration } = method;
    if (name !== 'receive' && !declaration.isGeneric && !isScalar(declaration)) expose(method, source);
  }
  return methods;
}

function expose({ name, declaration }: DeclaredMethod, source: Source): void {
  const { parameters, returnType } = declaration.signature;
  const nodes = createNodes(declaration.name.range);
  const args = parameters.map((parameter) =>
    createNodes(parameter.type.range).call('__readArgument', [parameter.type], []),
  );
  const call = nodes.call(declaration.name.text, [], args);
  const replied = isVoid(returnType)
    ? call
    : createNodes(returnType.range).call('__reply', [returnType], [call]);
  const wrapper = wrapperName(name);
  declaration.flags &= ~flag.export;
  source.statements.push(
    nodes.procedure(wrapper, [
      nodes.run(nodes.call('__openArguments', [], [nodes.integer(parameters.length)])),
      nodes.run(replied),
    ]),
    nodes.exportAs(wrapper, name),
  );
}

const exportedFunctions = (statements: readonly Statement[]): DeclaredMethod[] =>
  statements.flatMap((statement) =>
    statement instanceof FunctionDeclaration && statement.is(flag.export)
      ? [{ name: statement.name.text, declaration: statement }]
      : [],
  );

/** What `export { inner as outer }` names, taken out of that statement. */
function namedInExports(statements: readonly Statement[]): DeclaredMethod[] {
  const declarationByName = new Map(
    statements.flatMap((statement) =>
      statement instanceof FunctionDeclaration ? [[statement.name.text, statement]] : [],
    ),
  );
  return statements.flatMap((statement) => {
    if (!(statement instanceof ExportStatement) || statement.members === null || statement.path !== null)
      return [];
    return statement.members.flatMap(({ localName, exportedName }) => {
      const declaration = declarationByName.get(localName.text);
      return declaration === undefined ? [] : [{ name: exportedName.text, declaration }];
    });
  });
}

const isScalar = ({ signature }: FunctionDeclaration): boolean =>
  signature.parameters.every(({ type }) => scalarNames.has(nameOf(type))) &&
  (isVoid(signature.returnType) || scalarNames.has(nameOf(signature.returnType)));

const isVoid = (type: TypeNode): boolean => nameOf(type) === 'void';

/** The name of a type that is nothing but a name, else nothing. */
const nameOf = (type: TypeNode): string =>
  type instanceof NamedTypeNode && !type.hasTypeArguments && type.name.next === null && !type.isNullable
    ? type.name.identifier.text
    : '';

const scalarNames: ReadonlySet<string> = new Set(
  'bool i8 i16 i32 i64 isize u8 u16 u32 u64 usize f32 f64'.split(' '),
);
