/** The import set `kernel`: what a contract may ask of its kernel. */
import { bytesToText, createByteCopier, textToBytes } from '../base/bytes';
import { longestReason, shorten } from '../base/shorten';
import { createTimeout } from '../environment/failure';
import type { Draft } from '../environment/message';
import { drawRandom } from '../environment/random';
import { longestStateKey } from '../environment/limits';
import { bounded, bytesIn, bytesOf, bytesOut, declare, nameOf, numberOf } from './declare';
import { type Guest, Refusal } from './guest';
import type { Argument, ImportSet, Param } from './import-set';
import { post } from './post';
import { addressOf, codeGas, controlPrefix, kernelFunctions } from './kernels';

/** The longest value that a contract may keep under one key, and the longest list of arguments or reply. */
const maxValueLength = 1 << 20;

const messageParams: readonly Param[] = [
  bytesIn('to', 'text'),
  bytesIn('method', 'text'),
  bytesIn('args', 'value'),
  bytesIn('reply_to', 'text'),
];

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
        state: { access: 'read', key: 'key', entry: 'same' },
        run: ({ environment: { state } }, [key]) => state.get(keyOf(key)) ?? null,
      },
    ),
    state_set: declare('Puts a value under a key.', [bytesIn('key', 'text'), bytesIn('value', 'value')], {
      base: 1000,
      perByte: 20,
      state: { access: 'write', key: 'key', entry: 'same' },
      run: ({ environment }, [key, value]) =>
        void (environment.state = environment.state.with([
          [keyOf(key).slice(), bounded('value', value, maxValueLength).slice()],
        ])),
    }),
    state_delete: declare('Removes a key; 1 when it was there, else 0.', [bytesIn('key', 'text')], {
      result: 'i32',
      base: 1000,
      perByte: 20,
      state: { access: 'write', key: 'key', entry: 'same' },
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
        state: { access: 'read', key: 'key', entry: 'next' },
        run: ({ environment: { state } }, [key]) =>
          state.next(bytesOf(key).length === 0 ? null : keyOf(key))?.key ?? null,
      },
    ),
    send: declare(
      'Sends a message: `to` is an address or a path seen from here (`alice`, `../audit`), `args` a dag-cbor list. It leaves when this run ends well. With a `reply_to`, the reply arrives as a message that calls that method of ours.',
      messageParams,
      {
        base: 1000,
        perByte: 4,
        run(guest, args) {
          post(guest, draftOf(guest, args));
        },
      },
    ),
    ask: declare(
      'Sends a message that wants a reply, `reply_to`, within so many deliveries. When none came by then, our method `failed` is called with `reply_to`, the address and words. It counts as two messages.',
      [...messageParams, { kind: 'scalar', name: 'within', type: 'i32' }],
      {
        base: 2000,
        perByte: 4,
        run(guest, args) {
          const draft = draftOf(guest, args);
          const within = numberOf(args.at(-1)) >>> 0;
          if (draft.replyTo === null)
            throw new Refusal('refused', 'who asks names the method that takes the reply');
          if (within === 0) throw new Refusal('refused', 'a reply takes one delivery at the least');
          post(guest, draft, createTimeout(draft, within));
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
    ...kernelFunctions,
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
          throw new Refusal('abort', shorten(bytesToText(bytesOf(message)), longestReason));
        },
      },
    ),
  },
};

const copyArguments = createByteCopier();

function draftOf(guest: Guest, [to, method, args, replyTo]: readonly Argument[]): Draft {
  const self = guest.environment.message.to;
  const replyMethod = nameOf('reply_to', replyTo);
  const called = nameOf('method', method);
  if (called.startsWith(controlPrefix)) guest.charge(codeGas * bytesOf(args).length);
  return {
    from: self,
    to: addressOf(self, to),
    method: called,
    args: copyArguments(bounded('args', args, maxValueLength)),
    replyTo: replyMethod === '' ? null : replyMethod,
    gas: null,
  };
}

function keyOf(argument: Argument | undefined): Uint8Array {
  const key = bounded('key', argument, longestStateKey);
  if (key.length === 0) throw new Refusal('refused', 'an empty key');
  return key;
}
