/** Code as all of its machines share it. */
import type { ImportSet } from '../../imports/import-set';
import type { EngineModule } from '../../wasm/engine';
import type { WasmModule } from '../../wasm/module';
import type { FirstValues, Misfit } from '../../wasm/segments';
import type { HostMoment } from './host';
import type { Layout } from './layout';
import type { Snapshot } from './machine';
import type { InstanceMoment } from './moments';
import type { RunInputs } from './run';
import type { TranslatedCode } from './translate';

/** A moment with all that a snapshot stands for. */
export interface Moment {
  readonly instance: InstanceMoment;
  readonly host: HostMoment;
  readonly inputs: RunInputs;
}

export interface SteppingParts {
  readonly interpreter: EngineModule;
  readonly module: WasmModule;
  readonly sets: readonly ImportSet[];
  readonly code: TranslatedCode;
  readonly layout: Layout;
  readonly first: FirstValues;
  readonly misfit: Misfit | null;
  /** The most that the memory and each table may grow to. */
  readonly pages: number;
  readonly tableBounds: readonly number[];
  /** Of all machines, so that one may go on where another was. */
  readonly moments: WeakMap<Snapshot, Moment>;
}
