import { argumentError, type Failures } from "./errors.js";
import { type Binding, lazyModule, type Module, type ModuleSource } from "./instance.js";

/** An object that lives in an instance's memory. */
export interface Handle {
  free(): void;
}

/** A module in whose memory objects live. */
export interface HoldingModule<G, C = undefined> extends Module<G, C> {
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

/** A module in whose memory objects live; see {@link lazyModule}. */
export function holdingModule<G, C>(
  source: ModuleSource,
  binding: Binding<G>,
  contextOf: (glue: G) => C,
  failures?: Failures,
): HoldingModule<G, C> {
  const holds = new Holds();
  const module = lazyModule(source, binding, contextOf, failures, () =>
    holds.lose(binding.end !== undefined),
  );
  return { ...module, hold: (owner, make) => holds.add(owner, module.call(make), module) };
}

type State = "live" | "freed" | "lost";

/** The live objects of an instance. */
class Holds {
  readonly #live = new Set<{ lose(free: boolean): void }>();
  readonly #collected =
    typeof FinalizationRegistry === "undefined"
      ? undefined
      : new FinalizationRegistry<() => void>((release) => release());

  add<G, C, H extends Handle>(owner: object, handle: H, module: Module<G, C>): Held<H, C> {
    let state: State = "live";
    const entry = {
      lose: (free: boolean) => {
        state = "lost";
        if (free) handle.free();
      },
    };
    const release = () => {
      // What has ended is no reason to compile a module anew.
      if (state !== "live") return;
      module.call(() => {
        if (state !== "live") return; // the call ended a broken instance first
        state = "freed";
        this.#live.delete(entry);
        handle.free();
      });
    };
    this.#live.add(entry);
    this.#collected?.register(owner, release, entry);
    return {
      use: (use) =>
        module.call((_, context) => {
          if (state !== "live") throw argumentError(state === "lost" ? "instance_lost" : "signer_freed");
          return use(handle, context);
        }),
      release: () => {
        this.#collected?.unregister(entry);
        release();
      },
    };
  }

  /** The instance has ended. @param free whether its objects are freed against nothing */
  lose(free: boolean): void {
    for (const entry of this.#live) entry.lose(free);
    this.#live.clear();
  }
}
