/** The one way to the editor's library: it is asked for once, by whoever comes first. */
export type Monaco = typeof import('./monaco').monaco;

export const loadMonaco = async (): Promise<Monaco> => (await import('./monaco')).monaco;
