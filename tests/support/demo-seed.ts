/** The emulator's documented seed (docs/emulator.md), by the names that the tests use. */

import { seed } from "tuya-auth/emulator";

interface Keys {
  readonly clientId: string;
  readonly secret: string;
}

export const cloudKeys: Keys = seed.cloud;
export const appKeys: Keys = seed.app;

/** Lives in `us`, linked to the project; `bo` lives in `eu`, linked to no project. */
export const { ann, bo } = seed.accounts;

/** The callback URL that is registered for a data center. */
export function callbackOf(dataCenter: string, origin: string = seed.callbackOrigin): string {
  return `${origin}/auth/callback/${dataCenter}`;
}
