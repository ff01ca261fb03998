/** The package has these types, but its `exports` hide them from the compiler. */
declare module 'tinykeys' {
  export function tinykeys(
    target: Window | HTMLElement,
    bindings: Readonly<Record<string, (event: KeyboardEvent) => void>>,
    options?: { readonly capture?: boolean },
  ): () => void;
}
