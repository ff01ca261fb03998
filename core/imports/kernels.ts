/** The part of the import set `kernel` that makes kernels, changes their code, and removes them. Each sends a message. */
import { type Value, encodeValue } from '../base/value';
import { type Address, isWithin, maxAddressLength, parentOf, resolveAddress } from '../environment/address';
import { type ControlMethod, controlMethods, maxCodeLength } from '../environment/control';
import { bounded, bytesIn, declare, nameOf, readName } from './declare';
import { type Guest, Refusal } from './guest';
import { post } from './post';
import type { Argument, ImportFunction } from './import-set';

/** Gas for each byte of code that a message brings along: it is checked, compiled and kept. */
export const codeGas = 40;

/** How the methods begin that kernels answer in place of their code. */
export const controlPrefix = 'kernel:';

export const kernelFunctions: Readonly<Record<string, ImportFunction>> = {
  create: declare(
    'Creates a child kernel, bound to the contract of that path in the workspace. It is there before any later message to it arrives.',
    [bytesIn('name', 'text'), bytesIn('code', 'text')],
    {
      base: 5000,
      perByte: 4,
      run: (guest, [name, code]) =>
        control(guest, childOf(guest, name), controlMethods.create, [null, nameOf('code', code), null]),
    },
  ),
  create_code: declare(
    'Creates a child kernel, bound to code that is given as the bytes of a module. Code that can not run is rejected in words.',
    [bytesIn('name', 'text'), bytesIn('code', 'bytes')],
    {
      base: 5000,
      perByte: codeGas,
      run: (guest, [name, code]) =>
        control(guest, childOf(guest, name), controlMethods.create, [codeOf(code), null, null]),
    },
  ),
  copy: declare(
    'Creates a child kernel with the code and the state that a kernel has when the message arrives: this one or one below it. What is below that one is not copied.',
    [bytesIn('source', 'text'), bytesIn('name', 'text')],
    {
      base: 5000,
      perByte: 4,
      run: (guest, [source, name]) =>
        control(guest, childOf(guest, name), controlMethods.copy, [ownOf(guest, source)]),
    },
  ),
  bind: declare(
    'Gives a kernel other code: this one (`.`) or one below it. `code` is the path of a contract in the workspace. The state stays.',
    [bytesIn('to', 'text'), bytesIn('code', 'text')],
    {
      base: 5000,
      perByte: 4,
      run: (guest, [to, code]) =>
        control(guest, ownOf(guest, to), controlMethods.bind, [null, nameOf('code', code)]),
    },
  ),
  bind_code: declare(
    'The same with code that is given as the bytes of a module.',
    [bytesIn('to', 'text'), bytesIn('code', 'bytes')],
    {
      base: 5000,
      perByte: codeGas,
      run: (guest, [to, code]) => control(guest, ownOf(guest, to), controlMethods.bind, [codeOf(code), null]),
    },
  ),
  remove: declare(
    'Removes a kernel with its state and all kernels below it: this one (`.`) or one below it.',
    [bytesIn('to', 'text')],
    {
      base: 5000,
      perByte: 4,
      run: (guest, [to]) => control(guest, ownOf(guest, to), controlMethods.remove, []),
    },
  ),
};

export function addressOf(self: Address, argument: Argument | undefined): Address {
  const address = resolveAddress(self, readName(bounded('to', argument, maxAddressLength)));
  if (!address.ok) throw new Refusal('refused', address.error.message);
  return address.value;
}

function control(guest: Guest, to: Address, method: ControlMethod, args: readonly Value[]): null {
  const from = guest.environment.message.to;
  post(guest, { from, to, method, args: encodeValue(args), replyTo: null, gas: null });
  return null;
}

const codeOf = (code: Argument | undefined): Uint8Array => bounded('code', code, maxCodeLength).slice();

/** Only a direct child: a name without any `/`. */
function childOf({ environment: { message } }: Guest, argument: Argument | undefined): Address {
  const name = nameOf('name', argument);
  const address = resolveAddress(message.to, name);
  if (!address.ok || name.includes('/') || parentOf(address.value) !== message.to) {
    throw new Refusal('refused', `${JSON.stringify(name)} is not a name for a child`);
  }
  return address.value;
}

/** This kernel, or one below it. */
function ownOf({ environment: { message } }: Guest, argument: Argument | undefined): Address {
  const address = addressOf(message.to, argument);
  if (!isWithin(address, message.to)) {
    throw new Refusal('refused', `${address} is not ${message.to}, nor below it`);
  }
  return address;
}
