import { type Failures, fail } from "./errors.js";

/** Where a module's code comes from: inlined bytes, or a module that the runtime compiled itself. */
export interface ModuleSource {
  /** A new instance, at once. */
  instantiate(imports: WebAssembly.Imports): WebAssembly.Instance;
  /** A new instance, compiled off the main thread where the runtime offers that. */
  instantiateAsync(imports: WebAssembly.Imports): Promise<WebAssembly.Instance>;
}

/** The part of wasm-bindgen's glue that binds it to an instance. */
export interface Glue {
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
}

/**
 * One WebAssembly module behind its glue: instantiated at first use, and again after a trap or a stack overflow in it.
 */
export interface Module<G extends Glue, C = undefined> {
  /** Runs `use` against the glue, and throws the error that a string thrown by the module or its frame stands for. */
  call<T>(use: (glue: G, context: C) => T): T;
  /** Runs `use` likewise against an object of the instance. */
  readonly run: Run<C>;
  /** Ends an instance that a call left in the middle of something; other calls do so by themselves. */
  recover(): void;
  /** Resolves when calls will no longer compile anything. */
  ready(): Promise<void>;
}

/**
 * Binds a module to its glue. Nothing is compiled yet.
 *
 * @param importKey the module that the wasm imports its glue from, such as `./core_bg.js`
 * @param contextOf makes what belongs to an instance beside its glue
 * @param failures what the module may throw beyond a page's failures
 * @param onEnd runs when a broken instance has ended
 */
export function lazyModule<G extends Glue, C>(
  source: ModuleSource,
  importKey: string,
  glue: G,
  contextOf: (glue: G, memory: WebAssembly.Memory) => C,
  failures: Failures = {},
  onEnd = () => {},
): Module<G, C> {
  let exports: BindgenExports | undefined;
  let context: C;
  let running = false;
  const imports = { [importKey]: glue as unknown as WebAssembly.ModuleImports };
  const start = (instance: WebAssembly.Instance) => {
    if (exports !== undefined) return;
    const made = instance.exports as BindgenExports;
    glue.__wbg_set_wasm(made);
    made.__wbindgen_start?.();
    context = contextOf(glue, made.memory);
    exports = made;
  };

  const recover = () => {
    if (!running || exports === undefined) return;
    end(exports, glue);
    onEnd();
    exports = undefined;
    running = false;
  };

  const run: Run<C> = (use, target) => {
    recover();
    if (exports === undefined) start(source.instantiate(imports));
    running = true;
    try {
      const result = use(target, context);
      running = false;
      return result;
    } catch (error) {
      running = isFatal(error);
      fail(error, failures);
    }
  };

  return {
    call: (use) => run(use, glue),
    run,
    recover,
    async ready() {
      if (exports === undefined) start(await source.instantiateAsync(imports));
    },
  };
}

/**
 * Whether a call left its instance in the middle of something: by a trap, or a stack overflow, for which each engine has
 * an error of its own. Where the stack is at its end, this throws one more, and the call counts as running for good.
 */
function isFatal(error: unknown): boolean {
  return !(typeof error === "string" || error instanceof TypeError);
}

/**
 * Ends a broken instance. The glue caches views of its memory, and its finalizers free collected objects in
 * whichever instance is the current one; both must not reach the next.
 */
function end(exports: BindgenExports, glue: Glue): void {
  // Growing detaches the memory's buffer, and the glue renews a view whose buffer is detached.
  exports.memory.grow(0);
  // Freed against an instance that does nothing, the objects leave the glue's finalization registry.
  glue.__wbg_set_wasm(Object.fromEntries(Object.keys(exports).map((name) => [name, () => undefined])));
}

/** Runs a function, as {@link Module.call} does, on the glue or on an object, with what belongs to the instance beside. */
export type Run<C> = <O, T>(use: (target: O, context: C) => T, target: O) => T;

/** What wasm-bindgen exports from every module. */
interface BindgenExports extends WebAssembly.Exports {
  readonly memory: WebAssembly.Memory;
  readonly __wbindgen_start?: () => void;
}
