/** Paths of the workspace, as text with `/`. */

/** Whether a path is this file or folder, or lies in it. */
export const isInFolder = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(`${folder}/`);

/** Where a path is after `from` has become `to`; `null` when it isn't concerned. */
export const movedPath = (path: string, from: string, to: string): string | null =>
  isInFolder(path, from) ? to + path.slice(from.length) : null;

/** The last part of a path. */
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The folder a path lies in; empty for the workspace itself. */
export const folderOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0));

export const joinPath = (folder: string, name: string): string =>
  folder === '' ? name : `${folder}/${name}`;

/** Every folder a path lies in, the outermost first. */
export const foldersOf = (path: string): readonly string[] => {
  const names = path.split('/').slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
};
