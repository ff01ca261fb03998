/** Breakpoints as the workspace keeps them: a dag-cbor list, whole in one file. */
import { readFileSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { err, ok } from '../base/result';
import { type Value, decodeValue, encodeValue } from '../base/value';
import type { Breakpoint } from '../debugger/breakpoint';
import { breakpoint } from '../studio/protocol/debug-breakpoints';
import type { KeptBreakpoints } from '../studio/services/breakpoint-book';
import { breakpointToWire, wireToBreakpoint } from '../studio/services/breakpoint-wire';
import { systemFault } from './system-fault';

/** Of a workspace that can't be written, `null`: then they last as long as the process. */
export function createKeptBreakpoints(file: string | null): KeptBreakpoints {
  let inMemory: readonly Breakpoint[] = [];
  return {
    read: () => (file === null ? inMemory : readBreakpoints(file)),
    write(breakpoints) {
      inMemory = breakpoints;
      if (file === null) return ok(undefined);
      try {
        const list = breakpoints.map((each) => ({ id: each.id, breakpoint: breakpointToWire(each) }));
        writeFileAtomic.sync(file, Buffer.from(encodeValue(list as Value)));
        return ok(undefined);
      } catch (error) {
        return err(systemFault('the breakpoints', error));
      }
    },
  };
}

const keptList = z.array(z.object({ id: z.int(), breakpoint }));

/** A file that can't be read holds none: it is no reason not to open. */
function readBreakpoints(file: string): readonly Breakpoint[] {
  const decoded = decodeValue(bytesOf(file));
  const list = decoded.ok ? keptList.safeParse(decoded.value) : null;
  if (list?.success !== true) return [];
  return list.data.flatMap(({ id, breakpoint: wire }) => {
    const read = wireToBreakpoint(wire);
    return read.ok ? { ...read.value, id } : [];
  });
}

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch {
    return new Uint8Array();
  }
}
