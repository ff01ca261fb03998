/** What the benchmark uses of its peers. They are installed apart from the product and bring no types, or other ones. */

declare module 'primea-hypervisor' {
  import type { Message, FunctionReference } from 'primea-objects';

  export interface Actor {
    incrementTicks(count: number): void;
    send(message: Message): void;
  }

  interface ContainerType {
    new (actor: Actor): object;
    readonly typeId: number;
  }

  export default class Hypervisor {
    constructor(options: { readonly tree: object; readonly meter: boolean });
    registerModule(type: ContainerType): void;
    newActor(type: ContainerType): { getFuncRef(name: string): FunctionReference };
    send(messages: readonly Message[]): void;
    createStateRoot(): Promise<Uint8Array>;
  }
}

declare module 'primea-objects' {
  export interface FunctionReference {
    gas: number;
  }

  export interface Message {
    readonly funcRef: FunctionReference;
    readonly funcArguments: FunctionReference[];
  }

  const objects: { readonly Message: new (message: Message) => Message };
  export default objects;
}

declare module 'dfinity-radix-tree' {
  export default class RadixTree {
    constructor(options: { readonly db: object });
  }
}

declare module 'levelup' {
  export default function levelup(store: object): object;
}

declare module 'memdown' {
  export default function memdown(): object;
}

declare module '@ethereumjs/mpt' {
  interface Trie {
    put(key: Uint8Array, value: Uint8Array): Promise<unknown>;
    get(key: Uint8Array): Promise<Uint8Array | null>;
  }

  export function createMPT(options: { readonly cacheSize: number }): Promise<Trie>;
}

declare module 'wasm-metering' {
  const metering: {
    meterWASM(code: Buffer, options: { readonly meterType: 'i32' }): Buffer;
  };
  export default metering;
}

declare module 'vega-lite' {
  export function compile(specification: object): { readonly spec: object };
}

declare module 'vega' {
  export function parse(specification: object): object;

  export class View {
    constructor(runtime: object, options: { readonly renderer: 'none' });
    toSVG(): Promise<string>;
  }
}
