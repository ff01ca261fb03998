import type { EngineModule } from '../wasm/engine';
import { type QuickJs, compileQuickJs, createQuickJs } from './quickjs';

/** Instances of QuickJS, of which each run needs one for itself. */
export interface QuickJsPool {
  use<T>(act: (quickjs: QuickJs) => T): T;
}

function createQuickJsPool(): QuickJsPool {
  let module: EngineModule | null = null;
  const idle: QuickJs[] = [];
  return {
    use(act) {
      module ??= compileQuickJs();
      const quickjs = idle.pop() ?? createQuickJs(module);
      try {
        return act(quickjs);
      } finally {
        if (!quickjs.isGrown() && idle.length < mostIdle) idle.push(quickjs);
      }
    },
  };
}

/** For all scripts of a thread. Compiles QuickJS when it is first used. */
export const quickJsPool = createQuickJsPool();

/** More are in use at once only where an import of a script runs another one. */
const mostIdle = 2;
