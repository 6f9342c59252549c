import type { SignerOptions, SignRequest } from "tuya-auth/server";

/**
 * A published signing vector (tests/vectors): who signs, and what. The test writes the module that has it into each
 * project, so that what is signed is part of what tools build.
 */
export const vector: { readonly credentials: SignerOptions; readonly request: SignRequest };
