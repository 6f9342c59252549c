import { core } from "./core.js";

/**
 * Checks the base address of an OpenAPI, or an origin: https, or http on loopback, without query and fragment.
 *
 * @throws `TypeError` of code `invalid_url` or `insecure_url`
 */
export function checkBaseAddress(url: string, insecure = false): void {
  core.call((glue, frame) => frame.number([insecure ? "" : undefined, url], glue.check_base_url));
}
