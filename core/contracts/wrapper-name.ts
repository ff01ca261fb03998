/** Functions that the compiler of a contract adds: each reads a message's arguments, calls a method and replies. */

export const wrapperName = (method: string): string => `__receive_${method}`;

/** Of a function as the module names it: `contracts/bank/__receive_transfer`. */
export const isWrapperName = (name: string): boolean => /(^|\/)__receive_[^/]*$/.test(name);
