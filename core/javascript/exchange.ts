/** The host's side of what scripts ask for: the conversion of texts and the report of an error, beside import sets. */
import { bytesToText, textToBytes } from '../base/bytes';
import { type ScriptContext, UncaughtInScript } from './evaluate';
import type { Hooks, Pointer, QuickJs } from './quickjs';
import { readStack } from './script-place';

/** Of the numbers that a call begins with, those that are no functions of import sets; `guest/exchange.js` has them, too. */
const asks = { end: 0xffff, toBytes: 0xfffe, toText: 0xfffd } as const;

/** Words of the exchange, after the number. A parameter takes two. */
const place = { capacity: 1, text: 2, length: 3, parameters: 4 } as const;

/** Bytes for what is asked and its parameters. */
const exchangeHead = 256;

const noExchange = {
  kind: 'uncaught',
  name: 'TypeError',
  message: 'the host is asked through a buffer that it did not make',
  places: [],
} as const;

/** The texts that a script's `report` gave in the exchange at this address. */
export function reportedTexts(memory: Uint8Array, exchange: Pointer): readonly string[] {
  const view = new DataView(memory.buffer, memory.byteOffset + exchange);
  const at = exchange + view.getUint32(4 * place.parameters, true);
  const length = view.getUint32(4 * place.parameters + 8, true);
  const texts: unknown = JSON.parse(bytesToText(memory.slice(at, at + length)));
  return Array.isArray(texts) ? texts.map(String) : [];
}

/** `call` is given the calls of functions of import sets. */
export function exchangeCall(
  quickjs: QuickJs,
  { context }: ScriptContext,
  call: (exchange: Pointer) => void,
): Hooks['call'] {
  const word = (exchange: Pointer, index: number): number => quickjs.word(exchange + 4 * index);

  /** A text of another length has zeros or half characters in it, which the script writes by itself. */
  function toBytes(exchange: Pointer, text: Pointer): number {
    const found = quickjs.call('QTS_GetString', context, text);
    const decoded = quickjs.text(found);
    quickjs.call('QTS_FreeCString', context, found);
    if (decoded.length !== word(exchange, place.length)) return -1;
    const bytes = textToBytes(decoded);
    const at = word(exchange, place.text);
    const isInside = at >= 0 && exchange + at + bytes.length <= quickjs.memory().length;
    if (isInside && at + bytes.length <= word(exchange, place.capacity))
      quickjs.memory().set(bytes, exchange + at);
    return bytes.length;
  }

  /** The script made it itself, and may have changed where it says that it is. */
  const isExchange = (at: Pointer): boolean =>
    Number.isInteger(at) && at >= 0 && at % 4 === 0 && at + exchangeHead <= quickjs.memory().length;

  function toText(exchange: Pointer): Pointer {
    const at = exchange + word(exchange, place.text);
    const bytes = quickjs.memory().subarray(at, at + word(exchange, place.length));
    return bytes.includes(0) ? 0 : quickjs.newText(context, bytesToText(bytes));
  }

  function errorIn(exchange: Pointer): UncaughtInScript {
    const [name = '', message = '', stack = ''] = [0, 1, 2].map((index) => {
      const at = exchange + word(exchange, place.parameters + 4 * index);
      return bytesToText(quickjs.memory().slice(at, at + word(exchange, place.parameters + 4 * index + 2)));
    });
    return new UncaughtInScript({ kind: 'uncaught', name, message, places: readStack(stack) });
  }

  return (exchange, value) => {
    if (!isExchange(exchange)) throw new UncaughtInScript(noExchange);
    switch (word(exchange, 0)) {
      case asks.toBytes:
        quickjs.setWord(exchange, toBytes(exchange, value));
        return 0;
      case asks.toText:
        return toText(exchange);
      case asks.end:
        throw errorIn(exchange);
      default:
        call(exchange);
        return 0;
    }
  };
}
