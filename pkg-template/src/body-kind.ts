/** What a body is to the modules: bytes, the text of a form, or the SHA-256 of bytes. */
export const BodyKind = { bytes: 0, form: 1, sha256: 2 } as const;

/**
 * The key of what gives the 32 bytes of a hash that stands for a body; the same one in every file of the package that
 * has a copy of this.
 */
export const digest: unique symbol = /* @__PURE__ */ Symbol.for("tuya-auth.digest");

/** A hash that stands for a body; known by its key, so that nobody loads the core module to ask for it. */
export interface HashedBody {
  readonly [digest]: () => Uint8Array;
}
