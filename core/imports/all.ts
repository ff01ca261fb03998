import { debugImports } from './debug';
import type { ImportSet } from './import-set';
import { kernelImports } from './kernel';

/** The import sets that every world offers. */
export const allImports: readonly ImportSet[] = [kernelImports, debugImports];
