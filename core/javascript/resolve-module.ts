/**
 * The full name of what a module imports: `./x.js` and `../x.js` are seen from the importer's folder, with or without the
 * ending; all else is the name of a library or an import set.
 */
export function resolveModule(
  specifier: string,
  importer: string,
  isThere: (path: string) => boolean,
): string {
  if (!specifier.startsWith('./') && !specifier.startsWith('../')) return specifier;
  const segments = importer.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..' && segments.length > 0 && segments.at(-1) !== '..') segments.pop();
    else if (part !== '.') segments.push(part);
  }
  const path = segments.join('/');
  return isThere(path) || !isThere(`${path}.js`) ? path : `${path}.js`;
}
