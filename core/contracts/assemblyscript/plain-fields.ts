/** Fields whose first value is written out, as in `amount: u64 = 0`: setting them is nothing that anyone would stop at. */
import {
  ClassDeclaration,
  type Compiler,
  type Expression,
  FalseExpression,
  FieldDeclaration,
  FloatLiteralExpression,
  IntegerLiteralExpression,
  NullExpression,
  type Source,
  StringLiteralExpression,
  TrueExpression,
  UnaryPrefixExpression,
} from 'assemblyscript';

/** Keeps such values from having lines in the source map. A value that is worked out keeps its line. */
export function passOverPlainFields(compiler: Compiler, sources: readonly Source[]): void {
  const ranges = new Set(
    sources
      .flatMap(plainValues)
      .flatMap(partsOf)
      .map(({ range }) => range),
  );
  const addDebugLocation = compiler.addDebugLocation.bind(compiler);
  compiler.addDebugLocation = (code, range) => {
    if (!ranges.has(range)) addDebugLocation(code, range);
  };
}

const plainValues = ({ statements }: Source): readonly Expression[] =>
  statements
    .filter((statement) => statement instanceof ClassDeclaration)
    .flatMap(({ members }) => members)
    .flatMap((member) =>
      member instanceof FieldDeclaration && member.initializer !== null && isPlain(member.initializer)
        ? [member.initializer]
        : [],
    );

const isPlain = (value: Expression): boolean =>
  value instanceof UnaryPrefixExpression
    ? isPlain(value.operand)
    : value instanceof IntegerLiteralExpression ||
      value instanceof FloatLiteralExpression ||
      value instanceof StringLiteralExpression ||
      value instanceof TrueExpression ||
      value instanceof FalseExpression ||
      value instanceof NullExpression;

const partsOf = (value: Expression): readonly Expression[] =>
  value instanceof UnaryPrefixExpression ? [value, ...partsOf(value.operand)] : [value];
