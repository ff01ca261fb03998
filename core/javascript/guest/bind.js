/** Functions of import sets, made from their declarations. */
import { readValue, writeValue } from 'kernelscope/codec';
import { Exchange } from 'kernelscope/exchange';

/** The function of this number: with texts, bytes and values for what wasm takes as pointers and lengths. */
export function bind(number, name, params, result) {
  const out = params.at(-1)?.kind === 'out' ? params.at(-1) : null;
  const last = params.length - (out === null ? 0 : 1);
  return (...args) => {
    const exchange = Exchange.enter();
    for (let index = 0; index < last; index++) put(exchange, params[index], args[index], name);
    if (out !== null) return receive(exchange, number, out, args[last]);
    exchange.call(number);
    const given = result === null ? undefined : takeScalar[result](exchange.view);
    exchange.leave();
    return given;
  };
}

function put(exchange, param, value, name) {
  if (param.kind === 'scalar') return putScalar[param.type](exchange, value, name, param);
  const start = exchange.at;
  if (param.form === 'value') writeValue(exchange, value, `the ${param.name} of ${name}`);
  else if (param.form === 'text') {
    if (typeof value !== 'string') throw wrong(name, param, 'text');
    exchange.at += exchange.putText(value);
  } else {
    if (!(value instanceof Uint8Array)) throw wrong(name, param, 'Uint8Array');
    exchange.putBytes(value);
  }
  exchange.put32(start);
  exchange.put32(exchange.at - start);
}

const wrong = (name, param, expected) => new TypeError(`the ${param.name} of ${name} is no ${expected}`);

const putScalar = {
  i32(exchange, value, name, param) {
    if (!Number.isInteger(value)) throw wrong(name, param, 'integer');
    exchange.put32(value);
  },
  i64(exchange, value, name, param) {
    if (typeof value !== 'bigint' && !Number.isSafeInteger(value)) throw wrong(name, param, 'integer');
    exchange.put64(BigInt(value));
  },
  f32: putFloat,
  f64: putFloat,
};

function putFloat(exchange, value, name, param) {
  if (typeof value !== 'number') throw wrong(name, param, 'number');
  exchange.putFloat(value);
}

const takeScalar = {
  i32: (view) => view.getInt32(0, true),
  i64(view) {
    const value = view.getBigInt64(0, true);
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  },
  f32: (view) => view.getFloat64(0, true),
  f64: (view) => view.getFloat64(0, true),
};

/** What the `out` parameter is given; `undefined` for nothing. When there is too little room, the call is made again. */
function receive(exchange, number, { form, filled }, wanted) {
  const { at, slot } = exchange;
  if (filled) exchange.reserve(wanted);
  let capacity = filled ? wanted : exchange.bytes.length - at;
  for (;;) {
    exchange.slot = slot;
    exchange.put32(at);
    exchange.put32(capacity);
    exchange.call(number);
    const length = exchange.words[0];
    if (length <= capacity) {
      const given = length < 0 ? undefined : takeForm[form](exchange, length);
      exchange.leave();
      return given;
    }
    exchange.reserve(length);
    capacity = length;
  }
}

const takeForm = {
  text: (exchange, length) => exchange.takeText(exchange.at, length),
  bytes: (exchange, length) => exchange.bytes.slice(exchange.at, exchange.at + length),
  value: readValue,
};
