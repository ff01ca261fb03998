/** The texts of the language's own library and of `kernelscope`, by the paths under which a contract imports them. */
import { libraryFiles } from 'assemblyscript/asc';
import { sdkFiles } from '../sdk/sdk';

export const libraryPrefix = '~lib/';

/** Where `kernelscope` lies in the library. */
export const sdkPrefix = `${libraryPrefix}kernelscope/`;

export interface LibraryFile {
  /** With its prefix and ending: `~lib/array.ts`. */
  readonly path: string;
  readonly text: string;
}

/** Compiled into every contract: what is global in the language, its smallest runtime, and our glue. */
export function startingFiles(): readonly (LibraryFile & { readonly isEntry: boolean })[] {
  const globals = Object.keys(libraryFiles).filter((name) => !name.includes('/'));
  return [...globals, stubRuntime, 'kernelscope/glue'].flatMap((name) => {
    const file = libraryFile(libraryPrefix + name);
    return file === null ? [] : [{ ...file, isEntry: name === stubRuntime }];
  });
}

/** The file that an import asks for, such as `~lib/kernelscope`; `null` when the library has none of that name. */
export function libraryFile(internalPath: string): LibraryFile | null {
  const name = internalPath.slice(libraryPrefix.length);
  for (const candidate of [name, `${name}/index`]) {
    const text = sdkFiles.get(`node_modules/${candidate}.ts`) ?? libraryFiles[candidate];
    if (text !== undefined) return { path: `${libraryPrefix}${candidate}.ts`, text };
  }
  return null;
}

/** Nothing is ever freed: memory is new for each message, and gone with it. */
const stubRuntime = 'rt/index-stub';
