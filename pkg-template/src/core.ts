import { source } from "./core.module.js";
import { serverErrors } from "./generated/tables.js";
import { type Handle, holdingModule } from "./holds.js";
import { bare } from "./instance.js";
import { type CoreGlue, SigningFrame } from "./signing.js";

/** Both halves, with and without secrets: a server loads this module alone. */
export const core = /* @__PURE__ */ holdingModule(
  source,
  /* @__PURE__ */ bare<CoreGlue>(),
  (glue) => new SigningFrame(glue),
  serverErrors,
);

/**
 * A signer or a hash in the module's memory. A class, since a closure would keep what it was made of, the secret among
 * it.
 */
export class CoreHandle implements Handle {
  readonly glue: CoreGlue;
  readonly id: number;

  constructor(glue: CoreGlue, id: number) {
    this.glue = glue;
    this.id = id;
  }

  free(): void {
    this.glue.release(this.id);
  }
}
