import { TuyaOpenApiClient } from "@tuya/tuya-connector-nodejs";

/** Importing it is all that is asked. */
export async function first(): Promise<string> {
  return typeof TuyaOpenApiClient;
}
