/**
 * An option under this symbol lets plain http pass on hosts other than loopback. Codes, tokens and signs then travel
 * in the clear: for tests in closed networks only.
 *
 * @example
 * createAuthorization({ page: "http://cloud.test/login", …, [allowInsecure]: true });
 */
export const allowInsecure: unique symbol = /* @__PURE__ */ Symbol("allowInsecure");
