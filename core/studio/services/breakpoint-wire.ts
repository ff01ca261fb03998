/** Breakpoints as they cross to a window, and back. */
import type { z } from 'zod';
import { type Fault, fault } from '../../base/fault';
import { type Result, err, ok } from '../../base/result';
import { encodeValue } from '../../base/value';
import type { Breakpoint, Trigger } from '../../debugger/breakpoint';
import type { breakpoint as breakpointSchema } from '../protocol/debug-breakpoints';
import { valueToWire, wireToValue } from './wire-values';

type WireBreakpoint = z.infer<typeof breakpointSchema>;

export const breakpointToWire = ({ on, enabled, when, hits, log }: Breakpoint): WireBreakpoint => ({
  on: triggerToWire(on),
  enabled,
  when,
  hits: hits && { ...hits },
  log,
});

function triggerToWire(on: Trigger): WireBreakpoint['on'] {
  if (on.kind !== 'import') return { ...on };
  const { argument } = on;
  return { ...on, argument: argument && { name: argument.name, value: valueToWire(argument.value) } };
}

/** A fault for an argument that no call can have. */
export function wireToBreakpoint(wire: WireBreakpoint): Result<Omit<Breakpoint, 'id'>, Fault> {
  const { on } = wire;
  if (on.kind !== 'import') return ok({ ...wire, on });
  if (on.argument === null) return ok({ ...wire, on: { ...on, argument: null } });
  const value = wireToValue(on.argument.value);
  try {
    encodeValue(value);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return err(fault('not-a-value', `an argument can't be that: ${words}`));
  }
  return ok({ ...wire, on: { ...on, argument: { name: on.argument.name, value } } });
}
