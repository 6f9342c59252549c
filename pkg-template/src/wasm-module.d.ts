/** A module that a bundler for edge runtimes compiles ahead: the `.wasm` file that precedes `?module`. */
declare module "*.wasm?module" {
  const module: WebAssembly.Module;
  export default module;
}
