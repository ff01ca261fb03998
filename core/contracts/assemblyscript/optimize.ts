/**
 * Lighter and faster code that a debugger can still follow: each function that the author wrote stays one, and its variables
 * stay locals with their names, set where the author sets them. What comes with the compiler has no such claim.
 */
import { type Module, type Program, getFunctionBody } from 'assemblyscript';
import { compiledFunctions, isAuthored } from './authored';

/** How much the library's own choices of code go for speed and for size. */
export const optimizeLevel = 1;
export const shrinkLevel = 0;

/** Of a module just compiled. */
export function optimizeModule(module: Module, program: Program): void {
  setOptions(module);
  module.runPasses(['remove-unused-module-elements']);
  const compiled = compiledFunctions(program);
  for (const { internalName } of compiled.filter(isAuthored)) {
    module.setPassArgument('no-inline', internalName);
    module.runPasses(['no-inline']);
  }
  const others = compiled.filter((element) => !isAuthored(element));
  const optimizeFunctions = (): void => {
    module.runPasses(structurePasses);
    for (const { internalName } of others) {
      const ref = module.getFunction(internalName);
      if (ref !== 0 && getFunctionBody(ref) !== 0) module.runPasses(localPasses, ref);
    }
  };
  optimizeFunctions();
  module.runPasses(['duplicate-import-elimination', 'simplify-globals', 'directize', 'inlining']);
  optimizeFunctions();
  module.runPasses([
    'reorder-globals',
    'reorder-functions',
    'memory-packing',
    'remove-unused-module-elements',
  ]);
}

/** They hold for all modules of the compiler, so that another's remain if they are not set. */
function setOptions(module: Module): void {
  module.clearPassArguments();
  module.setOptimizeLevel(optimizeLevel);
  module.setShrinkLevel(shrinkLevel);
  module.setDebugInfo(true);
  module.setZeroFilledMemory(false);
  module.setFastMath(true);
  module.setGenerateStackIR(false);
  module.setOptimizeStackIR(false);
  module.setAlwaysInlineMaxSize(2);
  module.setFlexibleInlineMaxSize(65);
  module.setOneCallerInlineMaxSize(80);
  module.setAllowInliningFunctionsWithLoops(false);
}

/** Passes of binaryen by their names there. None of these changes which local is set when. */
const structurePasses = [
  'optimize-instructions',
  'dce',
  'remove-unused-brs',
  'remove-unused-names',
  'merge-blocks',
  'precompute',
  'vacuum',
];

/** These move assignments, and let variables share a local, which loses all names of the function. */
const localPasses = [
  'simplify-locals-notee-nostructure',
  'vacuum',
  'reorder-locals',
  'coalesce-locals',
  'simplify-locals',
  'coalesce-locals',
  'reorder-locals',
  'vacuum',
  'remove-unused-brs',
  'remove-unused-names',
  'merge-blocks',
];
