/** Places in a bundle's text as the positions of an outcome: the number of the file, and the offset in its text. */
import type { CodePosition } from '../../environment/outcome';
import type { Bundle } from '../../javascript/bundle';
import { type ScriptPlace, placeToOffset } from '../../javascript/script-place';

export interface Places {
  /** Those in the bundle's own files: what is in the libraries belongs to who called it. */
  own(places: readonly ScriptPlace[]): readonly ScriptPlace[];
  /** Of those in its own files, in the same order. */
  positions(places: readonly ScriptPlace[]): readonly CodePosition[];
}

export function createPlaces({ files }: Pick<Bundle, 'files'>): Places {
  const fileByPath = new Map(files.map(({ path, text }, index) => [path, { index, text }]));
  return {
    own: (places) => places.filter(({ file }) => fileByPath.has(file)),
    positions: (places) =>
      places.flatMap((place) => {
        const file = fileByPath.get(place.file);
        if (file === undefined) return [];
        const position = { function: file.index, offset: placeToOffset(place, file.text) };
        return [place.name === null ? position : { ...position, name: place.name }];
      }),
  };
}
