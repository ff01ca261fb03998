/** Lines of modules whose compilers write DWARF, as a source map would tell them. */
import type { Dwarf } from '../wasm/dwarf/dwarf';
import type { Mapping, Segment } from './mapping';

/**
 * Files are named from the directory that their compiler ran in. Those that are not below it came with the compiler or
 * its packages, and are library code.
 */
export function dwarfToMapping(dwarf: Dwarf | null): Mapping | null {
  if (dwarf === null || dwarf.rows.length === 0) return null;
  const directories = dwarf.directories.map(plainPath).filter((path) => path !== '' && !isOfPackages(path));
  const placeByPath = new Map<string, number>();
  const files: string[] = [];
  const placeByFile = new Map<string, number>();

  function placeOf(path: string): number {
    const known = placeByPath.get(path);
    if (known !== undefined) return known;
    const file = pathToFile(path, directories);
    const place = placeByFile.get(file) ?? files.push(file) - 1;
    placeByFile.set(file, place);
    placeByPath.set(path, place);
    return place;
  }

  const segments = dwarf.rows.map(({ offset, file, line, column }): Segment =>
    line === 0 || file === '' ? [offset] : [offset, placeOf(file), line - 1, Math.max(0, column - 1)],
  );
  return { files, textOf: () => null, segments };
}

/** Where compilers and package managers keep sources that are nobody's own. */
const isOfPackages = (path: string): boolean => /^\/rustc\/|\/\.cargo\/|\/zig\/lib\//.test(path);

function pathToFile(path: string, directories: readonly string[]): string {
  const plain = plainPath(path);
  if (!/^(\/|[A-Za-z]:\/)/.test(plain)) return plain;
  const directory = directories.find((each) => plain.startsWith(`${each}/`));
  return directory === undefined ? `~lib/${plain.replace(/^\//, '')}` : plain.slice(directory.length + 1);
}

/** With `/` between its parts, and none of them `.` or `..`. */
function plainPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.replaceAll('\\', '/').split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '') parts.pop();
    else if (part !== '.' && (part !== '' || parts.length === 0)) parts.push(part);
  }
  return parts.join('/');
}
