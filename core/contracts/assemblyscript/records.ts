/** Classes as records: each gets the two methods by which its fields become a map of dag-cbor, and are read from one. */
import {
  ClassDeclaration,
  FieldDeclaration,
  InterfaceDeclaration,
  type Source,
  type TypeNode,
} from 'assemblyscript';
import { compareBytes, textToBytes } from '../../base/bytes';
import { createNodes, flag } from './nodes';

export interface DeclaredField {
  readonly name: string;
  readonly type: TypeNode;
  readonly declaration: FieldDeclaration;
}

/** Adds `__write` and `__read` to the classes of a file, but those that extend another. Compiled only where called. */
export function addRecordMethods(source: Source): void {
  for (const statement of source.statements) {
    if (statement instanceof ClassDeclaration && !(statement instanceof InterfaceDeclaration)) {
      const fields = fieldsOf(statement).toSorted(byCanonicalKey);
      if (statement.extendsType === null)
        statement.members.push(writeMethod(statement, fields), readMethod(statement, fields));
      else statement.members.push(extendedMark(statement));
    }
  }
}

/** The fields of each of its objects, in the order of the text. */
export const fieldsOf = (declaration: ClassDeclaration): readonly DeclaredField[] =>
  declaration.members.flatMap((member) =>
    member instanceof FieldDeclaration && member.type !== null && !member.is(flag.static)
      ? [{ name: member.name.text, type: member.type, declaration: member }]
      : [],
  );

function writeMethod(declaration: ClassDeclaration, fields: readonly DeclaredField[]) {
  const nodes = createNodes(declaration.name.range);
  return nodes.method('__write', methodFlags(declaration), [
    nodes.run(nodes.call('__writeRecord', [], [nodes.integer(fields.length)])),
    ...fields.map(({ name, type }) => {
      const at = createNodes(type.range);
      return at.run(at.call('__writeField', [type], [at.text(name), at.thisField(name)]));
    }),
  ]);
}

/** Past the constructor, and past `readonly`: right into the fields of an object that has nothing in it yet. */
function readMethod(declaration: ClassDeclaration, fields: readonly DeclaredField[]) {
  const nodes = createNodes(declaration.name.range);
  const map = () => nodes.identifier('map');
  return nodes.method('__read', methodFlags(declaration), [
    nodes.constant('map', nodes.call('__enterRecord', [], [])),
    ...fields.map(({ name, type, declaration: { initializer } }) => {
      const at = createNodes(type.range);
      const setTo = (value: Parameters<typeof at.run>[0]) =>
        at.run(
          at.call(
            '__setField',
            [type],
            [
              at.call('changetype', [at.namedType('usize')], [at.identifier('this')]),
              at.call('offsetof', [at.namedType('this')], [at.text(name)]),
              value,
            ],
          ),
        );
      if (initializer === null) return setTo(at.call('__readField', [type], [map(), at.text(name)]));
      return at.when(
        at.call('__hasField', [], [map(), at.text(name)]),
        setTo(at.call('__readArgument', [type], [])),
        setTo(initializer),
      );
    }),
    nodes.run(nodes.call('__leaveRecord', [], [map()])),
  ]);
}

/** By it the library knows a class that has more fields than the one whose methods it inherits, and refuses it. */
const extendedMark = (declaration: ClassDeclaration) =>
  createNodes(declaration.name.range).method('__isExtended', methodFlags(declaration), []);

/** As the parser sets them. */
const methodFlags = (declaration: ClassDeclaration): number =>
  declaration.isGeneric ? flag.instance | flag.genericContext : flag.instance;

/** Shorter keys first, then by their bytes. */
function byCanonicalKey(left: DeclaredField, right: DeclaredField): number {
  const [leftKey, rightKey] = [textToBytes(left.name), textToBytes(right.name)];
  return leftKey.length - rightKey.length || compareBytes(leftKey, rightKey);
}
