/** Rewrites a module so that every run of it is metered, bounded, and can be looked at and made fresh again. */
import type { GrowthBounds } from '../bounds';
import { type WasmModule, sectionId } from '../module';
import {
  type Writer,
  createWriter,
  writeByte,
  writeBytes,
  writeEach,
  writeSized,
  writeU32,
  written,
} from '../writer';
import { layOut } from './layout';
import { meterBody } from './meter-body';
import type { SourceMap } from './source-map';
import {
  declareExported,
  writeElement,
  writeExports,
  writeFunctionType,
  writeGlobals,
  writeMemories,
  writeTables,
} from './sections';

/**
 * The exports by which a host runs, looks at and resets an instance. Their names begin like no export of the code
 * does; the code's own exported functions keep theirs, and nothing else of it is exported.
 */
export interface PrivateExports {
  /** `(gas: f64, stack: i32) -> ()`: fills the meter and gives mutable globals their first values. */
  readonly begin: string;
  /** `(gas: f64) -> i32`: takes gas; 1 when there was not enough. */
  readonly charge: string;
  /** `() -> f64`: the gas that is left, negative when it ran out. */
  readonly left: string;
  /** `() -> ()`, the code's start function; it must be called after `begin`. */
  readonly start: string | null;
  readonly meter: string;
  readonly altered: string;
  readonly callSite: string;
  readonly callee: string;
  readonly truncated: string;
  readonly memory: string | null;
  /** The code's mutable globals, by their index. */
  readonly globals: ReadonlyMap<number, string>;
  readonly tables: readonly string[];
}

export interface MeteredModule {
  readonly bytes: Uint8Array;
  readonly privateExports: PrivateExports;
  /** Whether a run may leave an instance that can't be made fresh again; the global `altered` tells whether it did. */
  readonly mayAlter: boolean;
  /** The place in the module as it was given; `null` in a function that metering added. */
  placeOf(functionIndex: number, offset: number): CodePlace | null;
  /** An offset of the module as it was given, with the function it is in. */
  positionAt(offset: number): CodePlace | null;
}

/** Index of a function, and byte offset in the module. */
export interface CodePlace {
  readonly function: number;
  readonly offset: number;
}

/** Of a valid module that imports functions only, and starts out within the bounds. */
export function meterModule(module: WasmModule, bounds: GrowthBounds): MeteredModule {
  const layout = layOut(module);
  const names = namePrivateExports(module);
  const bodies = createWriter(2 * module.bytes.length);
  writeU32(bodies, layout.functionTypes.length);
  const bodyStarts = new Uint32Array(module.bodies.length);
  let refersToFunctions = false;
  let mayAlter = false;
  module.bodies.forEach((source, index) => {
    const { body, plan } = meterBody(module, source, layout.indices);
    writeU32(bodies, body.at);
    bodyStarts[index] = bodies.at;
    writeBytes(bodies, written(body));
    refersToFunctions ||= plan.refersToFunctions;
    mayAlter ||= plan.mayAlter;
  });
  for (const body of layout.addedBodies) writeSized(bodies, body);

  const out = createWriter(bodies.at + module.bytes.length);
  writeBytes(out, module.bytes.subarray(0, 8));
  writeSection(out, sectionId.type, (section) => writeEach(section, layout.types, writeFunctionType));
  copySection(out, module, sectionId.import);
  writeSection(out, sectionId.function, (section) => writeEach(section, layout.functionTypes, writeU32));
  writeSection(out, sectionId.table, (section) => writeTables(section, module, bounds));
  writeSection(out, sectionId.memory, (section) => writeMemories(section, module, bounds));
  writeSection(out, sectionId.global, (section) => writeGlobals(section, module, layout.indices));
  writeSection(out, sectionId.export, (section) => writeExports(section, module, layout, names));
  writeSection(out, sectionId.element, (section) => {
    const declared = refersToFunctions ? declareExported(module) : [];
    writeEach(section, [...module.elements, ...declared], (writer, segment) =>
      writeElement(writer, segment, layout.indices),
    );
  });
  copySection(out, module, sectionId.dataCount);
  const codeAt = writeSection(out, sectionId.code, (section) => writeBytes(section, written(bodies)));
  copySection(out, module, sectionId.data);

  /** Made again when they are asked for: of all functions they would be larger than the code. */
  const sourcesByBody = new Map<number, SourceMap>();
  function sourcesOf(index: number): SourceMap | null {
    const known = sourcesByBody.get(index);
    if (known !== undefined) return known;
    const body = module.bodies[index];
    if (body === undefined) return null;
    const { sources } = meterBody(module, body, layout.indices);
    if (sourcesByBody.size >= mostSourceMaps) sourcesByBody.clear();
    sourcesByBody.set(index, sources);
    return sources;
  }

  return {
    bytes: written(out),
    privateExports: names,
    mayAlter,
    placeOf(functionIndex, offset) {
      const index = functionIndex - module.importedFunctions;
      const sources = sourcesOf(index);
      if (sources === null) return null;
      const place = sources.sourceOf(offset - codeAt - (bodyStarts[index] ?? 0));
      return place === null ? null : { function: functionIndex, offset: place };
    },
    positionAt(offset) {
      const index = module.bodies.findIndex(({ start, end }) => start <= offset && offset < end);
      return index < 0 ? null : { function: index + module.importedFunctions, offset };
    },
  };
}

/** As many as the deepest stack that is looked at has functions. */
const mostSourceMaps = 64;

function namePrivateExports(module: WasmModule): PrivateExports {
  let prefix = 'kernelscope';
  while (module.exports.some(({ name }) => name.startsWith(prefix))) prefix += ':';
  const name = (suffix: string) => `${prefix}.${suffix}`;
  const mutable = module.globals.flatMap((entry, index) => (entry.mutable ? [index] : []));
  return {
    begin: name('begin'),
    charge: name('charge'),
    left: name('left'),
    start: module.startFunction === null ? null : name('start'),
    meter: name('meter'),
    altered: name('altered'),
    callSite: name('call-site'),
    callee: name('callee'),
    truncated: name('truncated'),
    memory: module.memories.length === 0 ? null : name('memory'),
    globals: new Map(mutable.map((index) => [index, name(`global.${index}`)])),
    tables: module.tables.map((_, index) => name(`table.${index}`)),
  };
}

/** Gives the offset of the payload. */
function writeSection(out: Writer, id: number, write: (section: Writer) => void): number {
  const section = createWriter(256);
  write(section);
  writeByte(out, id);
  writeU32(out, section.at);
  const payloadAt = out.at;
  writeBytes(out, written(section));
  return payloadAt;
}

function copySection(out: Writer, module: WasmModule, id: number): void {
  const section = module.sections.find((candidate) => candidate.id === id);
  if (section === undefined) return;
  writeByte(out, id);
  writeSized(out, module.bytes.subarray(section.start, section.end));
}
