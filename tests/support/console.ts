import assert from "node:assert/strict";

import type { Cloud } from "tuya-auth/emulator";

/** One call of the console's JSON, which must go well. */
// biome-ignore lint/suspicious/noExplicitAny: each resource has a shape of its own
export async function callConsole(cloud: Cloud, method: string, path: string, body: object): Promise<any> {
  const response = await cloud.fetch(`http://localhost/console/api${path}`, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  assert.ok(response.ok, JSON.stringify(answer));
  return answer;
}
