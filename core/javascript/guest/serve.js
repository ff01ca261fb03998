/** Turns a contract's exports into the one function that the host calls for each message. */
import { args, random, reply } from 'kernelscope/kernel';
import { end } from 'kernelscope/exchange';

/** Drawn from the run's own stream, so that each run of a message draws the same. */
Object.assign(Math, {
  random() {
    const view = new DataView(random(8).buffer);
    return (view.getUint32(0) * 2 ** 21 + (view.getUint32(4) >>> 11)) / 2 ** 53;
  },
});

/**
 * Given a method, the function calls it. Answers 1 when that goes on in jobs; when none is left, it is called again with
 * an empty name, to say so if there is still no end. `withArguments` names the methods that take some.
 */
export function serve(contract, withArguments) {
  let waiting = '';

  function call(method) {
    const run = contract[method];
    const result = withArguments.includes(method) ? run(...orAbsent(args(), run.length)) : run();
    if (!(result instanceof Promise)) return answer(result);
    waiting = method;
    void result
      .then((value) => {
        waiting = '';
        answer(value);
      })
      .catch(end);
    return 1;
  }

  return (method) => {
    try {
      if (method !== '') return call(method);
      if (waiting !== '') throw new Error(`the promise that ${waiting} returned is never settled`);
      return 0;
    } catch (error) {
      return end(error);
    }
  };
}

/** Parameters with a default may be left out; what stands for that in a message is `null`. */
const orAbsent = (given, needed) =>
  given.length <= needed
    ? given
    : given.map((value, index) => (value === null && index >= needed ? undefined : value));

function answer(result) {
  if (result !== undefined) reply(result);
  return 0;
}
