/** Turns the functions of an import set into the one that the host calls for each call of them. */
import { bind } from 'kernelscope/bind';
import { end } from 'kernelscope/exchange';

/** What the function is given, and what it gives back: a list of one, or of none. */
const takeArguments = bind(0, 'arguments', [{ kind: 'out', name: 'out', form: 'value' }], 'i32');
const giveResult = bind(1, 'result', [{ kind: 'in', name: 'result', form: 'value' }], null);

/** A set has no run of its own to draw from. */
Object.assign(Math, {
  random() {
    throw new TypeError('an import set draws no random numbers');
  },
});

/** `types` are those of the parameters and the result of each function, by its name. */
export const serveSet =
  ({ functions }, types) =>
  (name) => {
    try {
      const { params, result } = types[name];
      const given = functions[name].run(
        ...takeArguments().map((value, index) => fromHost(value, params[index])),
      );
      giveResult(given === undefined ? [] : [toHost(given, result)]);
      return 0;
    } catch (error) {
      return end(error);
    }
  };

/** Floats cross the border as their 8 bytes, for values know neither what is not a number nor a negative zero. */
const isFloat = (type) => type === 'f32' || type === 'f64';

const viewOf = ({ buffer, byteOffset }) => new DataView(buffer, byteOffset);

const fromHost = (value, type) => (isFloat(type) ? viewOf(value).getFloat64(0) : value);

function toHost(value, type) {
  if (!isFloat(type) || typeof value !== 'number') return value;
  const bytes = new Uint8Array(8);
  viewOf(bytes).setFloat64(0, value);
  return bytes;
}
