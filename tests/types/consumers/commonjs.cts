/** CommonJS, which Node lets require ES modules. */

import page = require("tuya-auth");
import server = require("tuya-auth/server");

const signer = new server.Signer({ clientId: "id", secret: "secret" });
export const sign: string = signer.sign({ url: "/v1.0/a" }).sign;
export const same: typeof server.TuyaAuthError = page.TuyaAuthError;
// @ts-expect-error: it has no default
export const absent = page.default;
