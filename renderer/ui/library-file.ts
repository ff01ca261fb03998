/** Whether a source came with a compiler: such are in no folder of the workspace. */
export const isLibraryFile = (file: string): boolean => file.startsWith('~');
