import { argumentError, type Failures } from "./errors.js";
import { type Glue, lazyModule, type Module, type ModuleSource } from "./instance.js";

/** An object that lives in an instance's memory. */
export interface Handle {
  free(): void;
}

/** A module in whose memory objects live. */
export interface HoldingModule<G extends Glue, C = undefined> extends Module<G, C> {
  /**
   * Makes an object in the instance, and keeps it until `release` or until `owner` is collected.
   *
   * @returns a reference for `use` and `release`; after a trap or a stack overflow it is lost
   */
  hold<H extends Handle>(owner: object, make: (glue: G, context: C) => H): Held<H, C>;
}

/** An object in an instance's memory; see {@link HoldingModule.hold}. */
export interface Held<H extends Handle, C = undefined> {
  /** Runs `use` on the object. Throws a `TypeError` of code `signer_freed` or `instance_lost` when it has ended. */
  use<T>(use: (handle: H, context: C) => T): T;
  /** Frees the object; twice is no error. */
  release(): void;
}

/** Binds a module in whose memory objects live; see {@link lazyModule}. */
export function holdingModule<G extends Glue, C>(
  source: ModuleSource,
  importKey: string,
  glue: G,
  contextOf: (glue: G, memory: WebAssembly.Memory) => C,
  failures?: Failures,
): HoldingModule<G, C> {
  const holds = new Holds();
  const module = lazyModule(source, importKey, glue, contextOf, failures, () => holds.lose());
  return { ...module, hold: (owner, make) => holds.add(owner, module.call(make), module) };
}

type State = "live" | "freed" | "lost";

/** The live objects of an instance. */
class Holds {
  readonly #live = new Set<{ lose(): void }>();
  readonly #collected =
    typeof FinalizationRegistry === "undefined"
      ? undefined
      : new FinalizationRegistry<() => void>((release) => release());

  add<G extends Glue, C, H extends Handle>(owner: object, handle: H, module: Module<G, C>): Held<H, C> {
    let state: State = "live";
    const entry = {
      lose: () => {
        state = "lost";
        handle.free();
      },
    };
    const release = () => {
      module.recover();
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
        module.recover();
        if (state !== "live") throw argumentError(state === "lost" ? "instance_lost" : "signer_freed");
        return module.run(use, handle);
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
