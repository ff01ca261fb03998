import wabt from 'wabt';

const tools = await wabt();

/** Compiles WebAssembly text with all that kernels may use; throws at a mistake in it. */
export function compileText(text: string): Uint8Array {
  const parsed = tools.parseWat('test.wat', text, {
    bulk_memory: true,
    reference_types: true,
    multi_value: true,
    sign_extension: true,
    sat_float_to_int: true,
    mutable_globals: true,
    tail_call: true,
  });
  return new Uint8Array(parsed.toBinary({ write_debug_names: false }).buffer);
}
