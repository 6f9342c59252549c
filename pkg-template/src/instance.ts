import { type Failures, fail } from "./errors.js";

/** Where a module's code comes from: inlined bytes, or a module that the runtime compiled itself. */
export interface ModuleSource {
  /** A new instance, at once. */
  instantiate(imports: WebAssembly.Imports): WebAssembly.Instance;
  /** A new instance, compiled off the main thread where the runtime offers that. */
  instantiateAsync(imports: WebAssembly.Imports): Promise<WebAssembly.Instance>;
}

/** What a module's instances import, and what calls them. */
export interface Binding<G> {
  readonly imports: WebAssembly.Imports;
  /** What calls the instance with these exports. */
  bind(exports: WebAssembly.Exports): G;
  /** Keeps what called an instance that has ended from the next. Its objects are then freed against nothing. */
  end?(exports: WebAssembly.Exports): void;
}

/** A module that imports nothing and takes numbers alone: its exports are called as they are. */
export function bare<G>(): Binding<G> {
  return { imports: {}, bind: (exports) => exports as G };
}

/**
 * One WebAssembly module: instantiated at first use, and again after a trap or a stack overflow in it.
 *
 * @template G what calls an instance
 * @template C what belongs to an instance beside that
 */
export interface Module<G, C = undefined> {
  /** Runs `use`, and throws the error that a string thrown by the module or its frame stands for. */
  call<T>(use: (glue: G, context: C) => T): T;
  /** Resolves when calls will no longer compile anything. */
  ready(): Promise<void>;
}

/** An instance in use. */
interface Live<G, C> {
  readonly exports: WebAssembly.Exports;
  readonly glue: G;
  readonly context: C;
}

/**
 * A module of which nothing is compiled yet.
 *
 * @param contextOf makes what belongs to an instance
 * @param failures what the module may throw beyond a page's failures
 * @param onEnd runs when a broken instance has ended
 */
export function lazyModule<G, C>(
  source: ModuleSource,
  binding: Binding<G>,
  contextOf: (glue: G) => C,
  failures: Failures = {},
  onEnd = () => {},
): Module<G, C> {
  let live: Live<G, C> | undefined;
  let running = false;
  const start = ({ exports }: WebAssembly.Instance): Live<G, C> => {
    const glue = binding.bind(exports);
    return { exports, glue, context: contextOf(glue) };
  };

  return {
    call(use) {
      if (running && live !== undefined) {
        binding.end?.(live.exports);
        onEnd();
        live = undefined;
      }
      live ??= start(source.instantiate(binding.imports));
      running = true;
      try {
        const result = use(live.glue, live.context);
        running = false;
        return result;
      } catch (error) {
        running = isFatal(error);
        fail(error, failures);
      }
    },
    async ready() {
      if (live !== undefined) return;
      const instance = await source.instantiateAsync(binding.imports);
      live ??= start(instance);
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
