/** Something that holds a resource until it is told to let go. Disposing twice is harmless. */
export interface Disposable {
  dispose(): void;
}

/** Disposes in reverse order of creation, so that nothing outlives what it was built on. */
export function disposeAll(resources: readonly Disposable[]): void {
  for (const resource of resources.toReversed()) resource.dispose();
}
