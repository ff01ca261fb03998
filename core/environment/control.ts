/**
 * Messages that the kernel itself answers, in place of its code. They are messages like any other: delivered in order,
 * with a receipt each. Only the outside world, the kernel's own code and the code of its ancestors may send them.
 */
export const controlMethods = {
  /** To the address of the new kernel. Args: code link or null, contract path or null, initial state (a map) or null. */
  create: 'kernel:create',
  /** Binds other code. Args: code link or null, contract path or null. */
  bind: 'kernel:bind',
  /** Removes the kernel and all below it. No args. */
  remove: 'kernel:remove',
  /** To `/`: makes a contract known by its path, for `create`. Args: contract path, code link. */
  install: 'kernel:install',
} as const;

export type ControlMethod = (typeof controlMethods)[keyof typeof controlMethods];

const names: ReadonlySet<string> = new Set(Object.values(controlMethods));

export const isControlMethod = (method: string): method is ControlMethod => names.has(method);
