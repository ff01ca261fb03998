/** Values as a tree that a client opens level by level. What it has a number for stays until the debugger moves. */
import type { ValuePlace } from '../../container/wasm-stepping/apply-edit';
import { Handles } from '@vscode/debugadapter';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { type Value, isLink, isValueMap } from '../../base/value';
import { type Datum, datumToText } from '../../debugger/expression/datum';
import { valueToText } from '../value-text';

/** What a node of the tree is shown as. */
export interface Shown {
  readonly name: string;
  readonly value: string;
  readonly type?: string;
  /** As an expression that has this value. */
  readonly evaluateName?: string;
  readonly memoryReference?: string;
  readonly inside?: Inside;
}

/** What is inside of a node, made when it is asked for. */
export interface Inside {
  /** Whether they are the numbered elements of a list. */
  readonly indexed: boolean;
  /** `null` where it takes work to know. */
  readonly total: number | null;
  /** The path in the state of a node; absent where none is an entry of it. */
  readonly statePathOf?: (name: string) => string;
  /** A node that can be changed by hand; absent where none can. */
  readonly changeable?: (name: string) => Changeable | undefined;
  page(start: number, count: number): readonly Shown[];
}

export interface Changeable {
  readonly place: ValuePlace;
  /** As it is now. */
  shown(): Shown;
}

export interface Variables {
  /** A number by which a client asks for what is inside. */
  refer(inside: Inside): number;
  /** The same; 0 where nothing is inside. */
  referIfAny(inside: Inside | undefined): number;
  /** With the numbers of what is inside of them; `null` when nothing has this number. */
  list(
    reference: number,
    range: {
      readonly filter?: 'indexed' | 'named' | undefined;
      readonly start: number;
      readonly count: number;
    },
  ): DebugProtocol.Variable[] | null;
  /** Of a node inside of what has this number; `null` for what is no entry of the state. */
  statePathOf(reference: number, name: string): string | null;
  /** A node inside of what has this number, to be changed by hand; `null` for one that can't be. */
  changeable(reference: number, name: string): Changeable | null;
  /** Forgets all numbers. */
  reset(): void;
}

export function createVariables(): Variables {
  const handles = new Handles<Inside>();

  const refer = (inside: Inside): number => handles.create(inside);
  const referIfAny = (inside: Inside | undefined): number =>
    inside === undefined || inside.total === 0 ? 0 : refer(inside);

  // What the library says is never undefined is so for a number that it never gave.
  const insideOf = (reference: number): Inside | undefined => handles.get(reference);

  const toVariable = ({ inside, ...shown }: Shown): DebugProtocol.Variable => ({
    ...shown,
    variablesReference: referIfAny(inside),
    ...(inside === undefined ? {} : sizeOf(inside)),
  });

  return {
    refer,
    referIfAny,
    list(reference, { filter, start, count }) {
      const inside = insideOf(reference);
      if (inside === undefined) return null;
      if (filter !== undefined && (filter === 'indexed') !== inside.indexed) return [];
      return inside.page(start, count === 0 ? Infinity : count).map(toVariable);
    },
    statePathOf: (reference, name) => insideOf(reference)?.statePathOf?.(name) ?? null,
    changeable: (reference, name) => insideOf(reference)?.changeable?.(name) ?? null,
    reset: () => handles.reset(),
  };
}

/** How many there are of each kind, as answers tell it. */
export const sizeOf = ({ indexed, total }: Inside) =>
  total === null ? {} : indexed ? { indexedVariables: total } : { namedVariables: total };

/** So many nodes, each shown by its place. */
export const nodes = (total: number, show: (place: number) => Shown, indexed = false): Inside => ({
  indexed,
  total,
  page: (start, count) =>
    Array.from({ length: Math.max(0, Math.min(count, total - start)) }, (_, place) => show(start + place)),
});

/** With the elements of an array in the memory, or the fields of an object, inside. */
export const showVariable = (name: string, datum: Datum, evaluateName?: string): Shown =>
  shown({ name, value: datumToText(datum), evaluateName, inside: insideDatum(datum, evaluateName) });

function insideDatum(datum: Datum, above: string | undefined): Inside | undefined {
  if (datum.type === 'list' && datum.elements !== undefined) {
    const { length, type, item } = datum.elements;
    const show = (place: number): Shown => ({
      ...showVariable(String(place), item(place), within(above, String(place))),
      type,
    });
    return nodes(length, show, true);
  }
  if (datum.type !== 'map' || datum.fields === undefined) return undefined;
  const { names, typeOf, item } = datum.fields;
  return nodes(names.length, (place) => {
    const name = names[place] ?? '';
    return { ...showVariable(name, item(name), within(above, JSON.stringify(name))), type: typeOf(name) };
  });
}

/** A value with its elements or fields inside. */
export const showValue = (name: string, value: Value, evaluateName?: string): Shown =>
  shown({ name, value: valueToText(value), evaluateName, inside: insideValue(value, evaluateName) });

function insideValue(value: Value, above: string | undefined): Inside | undefined {
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array || isLink(value)) {
    return undefined;
  }
  if (isValueMap(value)) {
    const entries = Object.entries(value);
    return nodes(entries.length, (place) => {
      const [key, item] = entries[place] ?? ['', null];
      return showValue(key, item, within(above, JSON.stringify(key)));
    });
  }
  const show = (place: number) =>
    showValue(String(place), value[place] ?? null, within(above, String(place)));
  return nodes(value.length, show, true);
}

/** The expression that has a part of what another has. */
const within = (above: string | undefined, part: string): string | undefined =>
  above === undefined ? undefined : `${above}[${part}]`;

function shown({
  name,
  value,
  evaluateName,
  inside,
}: Pick<Shown, 'name' | 'value'> & {
  readonly evaluateName: string | undefined;
  readonly inside: Inside | undefined;
}): Shown {
  return {
    name,
    value,
    ...(evaluateName === undefined ? {} : { evaluateName }),
    ...(inside === undefined ? {} : { inside }),
  };
}
