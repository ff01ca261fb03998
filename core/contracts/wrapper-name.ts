/**
 * Functions that the compiler of a contract adds: one for each method, which reads a message's arguments, calls the method
 * and replies, and two for each record, which write it and read it.
 */

export const wrapperName = (method: string): string => `__receive_${method}`;

/** Of a function as the module names it: `contracts/bank/__receive_transfer`, `contracts/bank/Payment#__read`. */
export const isAddedName = (name: string): boolean => /(^|\/)__receive_[^/]*$|#__(read|write)$/.test(name);
