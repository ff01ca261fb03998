import { type Fault, fault } from '../base/fault';
import { nearest } from '../base/nearest';
import { type Result, err, ok } from '../base/result';
import type { Method } from './interface';

/** `argument` is the name that is wrong or missing. */
export type ArgumentFault = Fault<'unknown-argument' | 'missing-argument'> & { readonly argument: string };

/** Arguments by name, in the order of the method's parameters. What may be absent and isn't named is `null`. */
export function orderArguments<T>(
  args: { readonly [name: string]: T },
  { name: method, params }: Method,
): Result<readonly (T | null)[], ArgumentFault> {
  const names = params.map(({ name }) => name);
  const signature = `it is called as ${method}(${params.map(({ name, type }) => `${name}: ${type}`).join(', ')})`;
  const unknown = Object.keys(args).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const meant = nearest(unknown, names);
    const words = `${method} has no parameter \`${unknown}\`${meant === null ? '' : `; did you mean \`${meant}\`?`}`;
    return err({ ...fault('unknown-argument', words, { remedy: signature }), argument: unknown });
  }
  const missing = params.find(({ name, type }) => !Object.hasOwn(args, name) && !type.startsWith('option<'));
  if (missing !== undefined) {
    const words = `${method} needs \`${missing.name}\`, of type ${missing.type}`;
    return err({ ...fault('missing-argument', words, { remedy: signature }), argument: missing.name });
  }
  return ok(names.map((name) => args[name] ?? null));
}
