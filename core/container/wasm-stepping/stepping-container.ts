/** The VM kind `wasm-stepping`: an interpreter, which does to the bit what the kind `wasm` does. */
import { ok } from '../../base/result';
import type { LoadedCode, VmContainer } from '../container';
import { isWasm } from '../../wasm/module';
import { runEdited } from './apply-edit';
import { loadSteppingCode } from './load-stepping-code';
import type { SteppingCode, SteppingMachine } from './machine';

/** Machines that wait for their next run, over all code. Each holds on to gigabytes of address space. */
const mostIdle = 8;

export function createSteppingContainer(): VmContainer {
  const idleByCode = new Map<SteppingCode, SteppingMachine>();

  function keep(code: SteppingCode, machine: SteppingMachine): void {
    idleByCode.delete(code);
    idleByCode.set(code, machine);
    if (idleByCode.size <= mostIdle) return;
    const [leastUsed] = idleByCode.keys();
    if (leastUsed !== undefined) idleByCode.delete(leastUsed);
  }

  const createLoadedCode = (code: SteppingCode): LoadedCode => ({
    run(entry, environment, observer) {
      const machine = idleByCode.get(code) ?? code.createMachine();
      keep(code, machine);
      return runEdited(machine, machine.start(entry, environment, observer), environment.edits).result;
    },
    dispose: () => void idleByCode.delete(code),
  });

  return {
    kind: 'wasm-stepping',
    accepts: isWasm,
    load(bytes, sets, limits) {
      const code = loadSteppingCode(bytes, sets, limits);
      return code.ok ? ok(createLoadedCode(code.value)) : code;
    },
  };
}
