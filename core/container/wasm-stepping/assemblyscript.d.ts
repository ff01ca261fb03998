/** The wasm of an AssemblyScript program, put in by the build. */
declare module '*?assemblyscript' {
  const code: Uint8Array;
  export default code;
}
