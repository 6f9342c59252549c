import { argumentError, type Failure, fail } from "./errors.js";

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

/** An object that lives in an instance's memory. */
export interface Handle {
  free(): void;
}

/**
 * One WebAssembly module behind its glue: instantiated at first use, and again after a trap has ended the instance.
 */
export interface Module<G extends Glue, C = undefined> {
  /** Runs `use` against the glue, and throws the error that a string thrown by the module or its frame stands for. */
  call<T>(use: (glue: G, context: C) => T): T;
  /**
   * Makes an object in the instance, and keeps it until `release` or until `owner` is collected.
   *
   * @returns a reference for `use` and `release`; after a trap it is lost
   */
  hold<H extends Handle>(owner: object, make: (glue: G, context: C) => H): Held<H, C>;
  /** Resolves when calls will no longer compile anything. */
  ready(): Promise<void>;
}

/** An object in an instance's memory; see {@link Module.hold}. */
export interface Held<H extends Handle, C = undefined> {
  /** Runs `use` on the object. Throws a `TypeError` of code `signer_freed` or `instance_lost` when it has ended. */
  use<T>(use: (handle: H, context: C) => T): T;
  /** Frees the object; twice is no error. */
  release(): void;
}

/**
 * Binds a module to its glue. Nothing is compiled yet.
 *
 * @param importKey the module that the wasm imports its glue from, such as `./core_bg.js`
 * @param contextOf makes what belongs to an instance beside its glue
 * @param failures what the module may throw beyond a page's failures
 */
export function lazyModule<G extends Glue, C>(
  source: ModuleSource,
  importKey: string,
  glue: G,
  contextOf: (glue: G, memory: WebAssembly.Memory) => C,
  failures: readonly Failure[] = [],
): Module<G, C> {
  let exports: BindgenExports | undefined;
  let context: C;
  const imports = { [importKey]: glue as unknown as WebAssembly.ModuleImports };
  const holds = new Holds();

  const start = (instance: WebAssembly.Instance) => {
    if (exports !== undefined) return;
    exports = instance.exports as BindgenExports;
    glue.__wbg_set_wasm(exports);
    exports.__wbindgen_start?.();
    context = contextOf(glue, exports.memory);
  };

  const run: Run<C> = (use, target) => {
    if (exports === undefined) start(source.instantiate(imports));
    try {
      return use(target, context);
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError && exports !== undefined) {
        end(exports, glue, holds);
        exports = undefined;
      }
      fail(error, failures);
    }
  };

  return {
    call: (use) => run(use, glue),
    hold: (owner, make) => holds.add(owner, run(make, glue), run),
    async ready() {
      if (exports === undefined) start(await source.instantiateAsync(imports));
    },
  };
}

/**
 * Ends a trapped instance. The glue caches views of its memory, and its finalizers free collected objects in
 * whichever instance is the current one; both must not reach the next.
 */
function end(exports: BindgenExports, glue: Glue, holds: Holds): void {
  // Growing detaches the memory's buffer, and the glue renews a view whose buffer is detached.
  exports.memory.grow(0);
  // Freed against an instance that does nothing, the objects leave the glue's finalization registry.
  glue.__wbg_set_wasm(Object.fromEntries(Object.keys(exports).map((name) => [name, () => undefined])));
  holds.lose();
}

/** Runs a function on the glue or on an object, with what belongs to the instance beside. */
type Run<C> = <O, T>(use: (target: O, context: C) => T, target: O) => T;

/** What wasm-bindgen exports from every module. */
interface BindgenExports extends WebAssembly.Exports {
  readonly memory: WebAssembly.Memory;
  readonly __wbindgen_start?: () => void;
}

type State = "live" | "freed" | "lost";

/** The live objects of an instance. */
class Holds {
  readonly #live = new Set<{ lose(): void }>();
  readonly #collected =
    typeof FinalizationRegistry === "undefined"
      ? undefined
      : new FinalizationRegistry<() => void>((release) => release());

  add<H extends Handle, C>(owner: object, handle: H, run: Run<C>): Held<H, C> {
    let state: State = "live";
    const entry = {
      lose: () => {
        state = "lost";
        handle.free();
      },
    };
    const release = () => {
      this.#live.delete(entry);
      if (state === "live") {
        state = "freed";
        handle.free();
      }
    };
    this.#live.add(entry);
    this.#collected?.register(owner, release, entry);
    return {
      use: (use) => {
        if (state !== "live") throw argumentError(state === "lost" ? "instance_lost" : "signer_freed");
        return run(use, handle);
      },
      release: () => {
        this.#collected?.unregister(entry);
        release();
      },
    };
  }

  lose(): void {
    for (const entry of this.#live) entry.lose();
    this.#live.clear();
  }
}
