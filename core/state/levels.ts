/** A state as people look at it: keys are paths, a `/` makes a level. In pages, since a level may be of any size. */
import { concatBytes } from '../base/bytes';
import type { StateEntry, StateTree } from './tree';

/** What is directly under a level. */
export type LevelEntry =
  | { readonly isLevel: false; readonly name: Uint8Array; readonly value: Uint8Array }
  /** All keys that go on after `name`, which ends in a `/`. */
  | { readonly isLevel: true; readonly name: Uint8Array };

/**
 * The next `count` entries under `prefix`, which is empty or ends in a `/`, after the one called `after`, in order of
 * their names. Takes time for these alone: a level is stepped over, however much there is in it.
 */
export function levelEntries(
  tree: StateTree,
  prefix: Uint8Array,
  { after, count }: { readonly after: Uint8Array | null; readonly count: number },
): readonly LevelEntry[] {
  const found: LevelEntry[] = [];
  let entry = after === null ? firstFrom(tree, prefix) : entryPast(tree, prefix, after);
  while (entry !== undefined && found.length < count && startsWith(entry.key, prefix)) {
    const slash = entry.key.indexOf(slashByte, prefix.length);
    const isLevel = slash >= 0;
    const name = entry.key.slice(prefix.length, isLevel ? slash + 1 : entry.key.length);
    found.push(isLevel ? { isLevel, name } : { isLevel, name, value: entry.value });
    entry = entryPast(tree, prefix, name);
  }
  return found;
}

const slashByte = 0x2f;

/** The first entry past what is called `name`: past all keys of a level. */
function entryPast(tree: StateTree, prefix: Uint8Array, name: Uint8Array): StateEntry | undefined {
  const path = concatBytes([prefix, name]);
  if (name.at(-1) !== slashByte) return tree.next(path);
  path[path.length - 1] = slashByte + 1;
  return firstFrom(tree, path);
}

/** The first entry whose key is not less. */
function firstFrom(tree: StateTree, key: Uint8Array): StateEntry | undefined {
  const value = tree.get(key);
  return value === undefined ? tree.next(key.length === 0 ? null : key) : { key, value };
}

const startsWith = (key: Uint8Array, prefix: Uint8Array): boolean =>
  key.length >= prefix.length && prefix.every((byte, index) => key[index] === byte);
