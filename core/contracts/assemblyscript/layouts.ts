/** Where the fields of the author's objects lie. */
import { type Class, type Program, PropertyPrototype } from 'assemblyscript';
import type { ObjectField, ObjectLayouts } from '../source-variables';
import { typeName } from './variables';

/** Of the classes of a program that is compiled, inherited fields included. Two of one name are told apart by nothing: neither is told. */
export function describeLayouts({ managedClasses }: Program): ObjectLayouts {
  const layouts = new Map<string, readonly ObjectField[]>();
  const ambiguous = new Set<string>();
  for (const each of managedClasses.values()) {
    if (each.declaration.range.source.isLibrary) continue;
    const name = typeName(each.type.toString());
    if (layouts.has(name)) ambiguous.add(name);
    layouts.set(name, fieldsOf(each));
  }
  for (const name of ambiguous) layouts.delete(name);
  return layouts;
}

const fieldsOf = ({ members }: Class): readonly ObjectField[] =>
  [...(members?.values() ?? [])].flatMap((member) => {
    const field = member instanceof PropertyPrototype ? member.instance : null;
    return field !== null && field.isField && field.memoryOffset >= 0
      ? [{ name: field.name, type: typeName(field.type.toString()), offset: field.memoryOffset }]
      : [];
  });
