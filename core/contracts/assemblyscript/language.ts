import type { Language } from '../build';

/** AssemblyScript: a contract is a file of plain typed functions. The compiler is loaded when it is first needed. */
export const assemblyScript: Language = {
  name: 'AssemblyScript',
  extensions: ['.ts'],
  async build(path, readFile) {
    const { compileContract } = await import('./compile');
    return compileContract(path, readFile);
  },
};
