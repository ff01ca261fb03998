/** What a compiler says of where its code comes from. */
import { type SourceMapSegment, TraceMap, decodedMappings } from '@jridgewell/trace-mapping';

/** Of a source map: its column is the offset in the module; then the place of the file, line and column from 0. */
export type Segment = SourceMapSegment;

export interface Mapping {
  readonly files: readonly string[];
  /** The text of a file, where it is known. */
  textOf(file: string): string | null;
  /** In order of their columns, which are offsets in the module. */
  readonly segments: readonly Segment[];
}

/** `null` for a map that can't be read. */
export function sourceMapToMapping(sourceMap: string): Mapping | null {
  const map = parseMap(sourceMap);
  if (map === null) return null;
  const files = map.sources.map((file) => file ?? '');
  return {
    files,
    textOf: (file) => map.sourcesContent?.[files.indexOf(file)] ?? null,
    segments: decodedMappings(map)[0] ?? [],
  };
}

function parseMap(text: string): TraceMap | null {
  try {
    return new TraceMap(text);
  } catch {
    return null;
  }
}
