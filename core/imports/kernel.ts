/** The import set `kernel`: what a contract may ask of its kernel. */
import { bytesToText, textToBytes } from '../base/bytes';
import { assert } from '../base/result';
import { encodeValue } from '../base/value';
import { type Address, maxAddressLength, parentOf, resolveAddress } from '../environment/address';
import { controlMethods } from '../environment/control';
import { drawRandom } from '../environment/random';
import { longestKey } from '../state/format';
import { type Guest, Refusal } from './guest';
import type {
  Argument,
  BytesForm,
  ImportFunction,
  ImportSet,
  Param,
  Returned,
  ScalarType,
} from './import-set';

/** The longest value that a contract may keep under one key, and the longest list of arguments or reply. */
const maxValueLength = 1 << 20;
const maxNameLength = 256;

export const kernelImports: ImportSet = {
  name: 'kernel',
  doc: 'The message, the state, other kernels, and what little a contract may know of the world.',
  functions: {
    self: declare('The address of this kernel.', [bytesOut('text')], {
      result: 'i32',
      run: ({ environment: { message } }) => textToBytes(message.to),
    }),
    from: declare('The address of the sender; -1 for a signal, which has none.', [bytesOut('text')], {
      result: 'i32',
      run: ({ environment: { message } }) => (message.from === null ? null : textToBytes(message.from)),
    }),
    method: declare('The method that the message calls.', [bytesOut('text')], {
      result: 'i32',
      run: ({ environment: { message } }) => textToBytes(message.method),
    }),
    args: declare('The arguments of the message: a dag-cbor list.', [bytesOut('value')], {
      result: 'i32',
      run: ({ environment: { message } }) => message.args,
    }),
    state_get: declare(
      'The value under a key; -1 when there is none.',
      [bytesIn('key', 'text'), bytesOut('value')],
      {
        result: 'i32',
        base: 200,
        perByte: 2,
        run: ({ environment: { state } }, [key]) => state.get(keyOf(key)) ?? null,
      },
    ),
    state_set: declare('Puts a value under a key.', [bytesIn('key', 'text'), bytesIn('value', 'value')], {
      base: 1000,
      perByte: 20,
      run: ({ environment }, [key, value]) =>
        void (environment.state = environment.state.with([
          [keyOf(key).slice(), bounded('value', value, maxValueLength).slice()],
        ])),
    }),
    state_delete: declare('Removes a key; 1 when it was there, else 0.', [bytesIn('key', 'text')], {
      result: 'i32',
      base: 1000,
      perByte: 20,
      run({ environment }, [key]) {
        if (environment.state.get(keyOf(key)) === undefined) return 0;
        environment.state = environment.state.with([[keyOf(key).slice(), undefined]]);
        return 1;
      },
    }),
    state_next: declare(
      'The first key greater than this one, in the order of their bytes; the empty key asks for the very first; -1 at the end.',
      [bytesIn('key', 'text'), bytesOut('text')],
      {
        result: 'i32',
        base: 200,
        perByte: 2,
        run: ({ environment: { state } }, [key]) =>
          state.next(bytesOf(key).length === 0 ? null : keyOf(key))?.key ?? null,
      },
    ),
    send: declare(
      'Sends a message: `to` is an address or a path seen from here (`alice`, `../audit`), `args` a dag-cbor list. It leaves when this run ends well. With a `reply_to`, the reply arrives as a message that calls that method of ours.',
      [
        bytesIn('to', 'text'),
        bytesIn('method', 'text'),
        bytesIn('args', 'value'),
        bytesIn('reply_to', 'text'),
      ],
      {
        base: 1000,
        perByte: 4,
        run({ environment }, [to, method, args, replyTo]) {
          const replyMethod = nameOf('reply_to', replyTo);
          environment.sends.push({
            from: environment.message.to,
            to: addressOf(environment.message.to, to),
            method: nameOf('method', method),
            args: bounded('args', args, maxValueLength).slice(),
            replyTo: replyMethod === '' ? null : replyMethod,
            gas: null,
          });
        },
      },
    ),
    reply: declare(
      'Answers the message with a dag-cbor value. A later answer takes the place of this one.',
      [bytesIn('value', 'value')],
      {
        base: 100,
        perByte: 4,
        run: ({ environment }, [value]) =>
          void (environment.reply = bounded('value', value, maxValueLength).slice()),
      },
    ),
    create: declare(
      'Creates a child kernel, bound to the contract of that path in the workspace. It is there before any later message to it arrives.',
      [bytesIn('name', 'text'), bytesIn('code', 'text')],
      {
        base: 5000,
        perByte: 4,
        run: ({ environment }, [name, code]) =>
          void environment.sends.push({
            from: environment.message.to,
            to: childOf(environment.message.to, name),
            method: controlMethods.create,
            args: encodeValue([null, nameOf('code', code), null]),
            replyTo: null,
            gas: null,
          }),
      },
    ),
    gas_left: declare('Gas that is left for this run, this call paid.', [], {
      result: 'i64',
      run: (guest) => BigInt(guest.gasLeft()),
    }),
    time: declare('Virtual time: how many messages the world had delivered before this one.', [], {
      result: 'i64',
      run: ({ environment: { time } }) => BigInt(time),
    }),
    random: declare(
      'Fills the whole buffer with random bytes, the same ones in every run of this message.',
      [{ kind: 'out', name: 'out', form: 'bytes', filled: true }],
      {
        result: 'i32',
        base: 500,
        perByte: 20,
        run: ({ environment }, [capacity]) => drawRandom(environment, numberOf(capacity)),
      },
    ),
    log: declare('Adds a line to the log that is kept with the receipt.', [bytesIn('message', 'text')], {
      base: 100,
      perByte: 4,
      run: ({ environment: { logs } }, [message]) =>
        void logs.push(bytesToText(bounded('message', message, maxValueLength))),
    }),
    abort: declare(
      'Ends the run: nothing of it remains but a receipt with these words.',
      [bytesIn('message', 'text')],
      {
        perByte: 1,
        run(_guest, [message]) {
          throw new Refusal('abort', bytesToText(bytesOf(message).subarray(0, maxValueLength)));
        },
      },
    ),
  },
};

function declare(
  doc: string,
  params: readonly Param[],
  rest: {
    readonly result?: ScalarType;
    readonly base?: number;
    readonly perByte?: number;
    readonly run: (guest: Guest, args: readonly Argument[]) => Returned;
  },
): ImportFunction {
  return {
    doc,
    params,
    result: rest.result ?? null,
    gas: { base: rest.base ?? 50, perByte: rest.perByte ?? 1 },
    run: rest.run,
  };
}

function bytesIn(name: string, form: BytesForm): Param {
  return { kind: 'in', name, form };
}

function bytesOut(form: BytesForm): Param {
  return { kind: 'out', name: 'out', form };
}

function bytesOf(argument: Argument | undefined): Uint8Array {
  assert(argument instanceof Uint8Array, 'an `in` parameter is bound to bytes');
  return argument;
}

function numberOf(argument: Argument | undefined): number {
  assert(typeof argument === 'number', 'an `out` parameter is bound to its capacity');
  return argument;
}

function bounded(name: string, argument: Argument | undefined, most: number): Uint8Array {
  const bytes = bytesOf(argument);
  if (bytes.length > most)
    throw new Refusal('refused', `${name} of ${bytes.length} bytes; the most is ${most}`);
  return bytes;
}

function keyOf(argument: Argument | undefined): Uint8Array {
  const key = bounded('key', argument, longestKey);
  if (key.length === 0) throw new Refusal('refused', 'an empty key');
  return key;
}

const nameOf = (name: string, argument: Argument | undefined): string =>
  bytesToText(bounded(name, argument, maxNameLength));

function addressOf(self: Address, argument: Argument | undefined): Address {
  const address = resolveAddress(self, bytesToText(bounded('to', argument, maxAddressLength)));
  if (!address.ok) throw new Refusal('refused', address.error.message);
  return address.value;
}

/** Only a direct child: a name without any `/`. */
function childOf(self: Address, argument: Argument | undefined): Address {
  const name = nameOf('name', argument);
  const address = resolveAddress(self, name);
  if (!address.ok || name.includes('/') || parentOf(address.value) !== self) {
    throw new Refusal('refused', `${JSON.stringify(name)} is not a name for a child`);
  }
  return address.value;
}
