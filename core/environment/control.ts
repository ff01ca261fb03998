/**
 * Messages that the kernel itself answers, in place of its code. They are messages like any other: delivered in order,
 * with a receipt each. Only the outside world, the kernel's own code and the code of its ancestors may send them.
 */
export const controlMethods = {
  /** To the address of the new kernel. Args: code (link, bytes or null), contract path or null, initial state (a map) or null. */
  create: 'kernel:create',
  /** Binds other code. Args: code (link, bytes or null), contract path or null. */
  bind: 'kernel:bind',
  /** To the address of the new kernel: gives it the code and the state that another has. Args: that one's address. */
  copy: 'kernel:copy',
  /** Removes the kernel and all below it. No args. */
  remove: 'kernel:remove',
  /** To `/`: makes a contract known by its path, for `create`. Args: contract path, code link. */
  install: 'kernel:install',
  /** From outside alone: sets entries of the kernel's state. Args: a list of key and value, or null to delete, as bytes. */
  write: 'kernel:write',
  /** To `/`, from outside: changes which mailbox goes next. Args: `fifo`, `manual`, the number of a seed, or a list of deliveries. */
  schedule: 'world:schedule',
} as const;

/**
 * Messages to `/` that change what waits in the mailboxes. Only the outside world may send them, and they are delivered
 * at once: before all that waits. What they add is sent by their receipts.
 */
export const mailboxMethods = {
  /** Takes a waiting message out of its mailbox. Args: its id. */
  drop: 'world:drop',
  /** Sends a waiting message once more, behind all that waits. Args: its id. */
  duplicate: 'world:duplicate',
  /** Puts another call in the place of a waiting message. Args: its id, the method, the arguments as dag-cbor. */
  replace: 'world:replace',
  /** Puts a signal into its mailbox, to wait there. Args: address, method, the arguments as dag-cbor, gas or null. */
  signal: 'world:signal',
} as const;

/** The most bytes of code that a message may bring along. */
export const maxCodeLength = 1 << 20;

export type ControlMethod = (typeof controlMethods)[keyof typeof controlMethods];
export type MailboxMethod = (typeof mailboxMethods)[keyof typeof mailboxMethods];

const mailboxNames: ReadonlySet<string> = new Set(Object.values(mailboxMethods));
const names: ReadonlySet<string> = new Set([...Object.values(controlMethods), ...mailboxNames]);

/** Whether the kernel itself answers a message that calls this. */
export const isControlMethod = (method: string): method is ControlMethod | MailboxMethod => names.has(method);

export const isMailboxMethod = (method: string): method is MailboxMethod => mailboxNames.has(method);
