import { vectors } from "../support/vectors.js";

/** The vectors of today's algorithm. */
export const signable = vectors.filter(({ algorithm }) => algorithm === "new");
