/** Short words for the nodes of the code that the compiler adds to a contract. */
import {
  type BlockStatement,
  type Expression,
  type FunctionDeclaration,
  type MethodDeclaration,
  Node,
  type Range,
  Source,
  type Statement,
  Tokenizer,
  type TypeNode,
} from 'assemblyscript';

/** Bits of a declaration's flags that are read or written here. */
export const flag = {
  export: 2,
  declare: 4,
  const: 8,
  static: 32,
  instance: 1 << 18,
  genericContext: 1 << 17,
} as const;

/** Makes nodes that stand where `range` is, so that whatever is wrong with them is reported there. */
export function createNodes(range: Range) {
  const identifier = (name: string) => Node.createIdentifierExpression(name, range);
  const namedType = (name: string) =>
    Node.createNamedType(Node.createSimpleTypeName(name, range), null, false, range);
  const block = (statements: Statement[]): BlockStatement => Node.createBlockStatement(statements, range);
  const signature = () => Node.createFunctionType([], namedType('void'), null, false, range);

  return {
    identifier,
    namedType,
    block,
    text: (value: string): Expression => Node.createStringLiteralExpression(value, range),
    integer: (value: number): Expression => Node.createIntegerLiteralExpression(integerOf(value), range),
    call: (name: string, types: TypeNode[], args: Expression[]): Expression =>
      Node.createCallExpression(identifier(name), types.length === 0 ? null : types, args, range),
    thisField: (name: string): Expression =>
      Node.createPropertyAccessExpression(Node.createThisExpression(range), identifier(name), range),
    run: (expression: Expression): Statement => Node.createExpressionStatement(expression),
    when: (condition: Expression, then: Statement, otherwise: Statement): Statement =>
      Node.createIfStatement(condition, then, otherwise, range),
    constant: (name: string, value: Expression): Statement =>
      Node.createVariableStatement(
        null,
        [Node.createVariableDeclaration(identifier(name), null, flag.const, null, value, range)],
        range,
      ),
    /** A function without parameters and result. */
    procedure: (name: string, body: Statement[]): FunctionDeclaration =>
      Node.createFunctionDeclaration(identifier(name), null, 0, null, signature(), block(body), 0, range),
    /** A method without parameters and result. */
    method: (name: string, flags: number, body: Statement[]): MethodDeclaration =>
      Node.createMethodDeclaration(identifier(name), null, flags, null, signature(), block(body), range),
    exportAs: (name: string, exportedName: string): Statement =>
      Node.createExportStatement(
        [Node.createExportMember(identifier(name), identifier(exportedName), range)],
        null,
        false,
        range,
      ),
  };
}

/** The compiler has its own numbers of 64 bits; its tokenizer makes them. */
const integerOf = (value: number) => new Tokenizer(new Source(0, 'integer.ts', String(value))).readInteger();
