/** The token calls of the local cloud: in this process, and over HTTP beside a server that answers a constant. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { text } from "node:stream/consumers";

import { type Cloud, createCloud } from "tuya-auth/emulator";
import { Signer } from "tuya-auth/server";

import { cloudKeys } from "../tests/support/demo-seed.js";
import { startEmulator } from "../tests/support/emulator-process.js";
import type { AsyncCandidate } from "./measure.js";

const signer = new Signer(cloudKeys);
const simple = "/v1.0/token?grant_type=1";

/** What a token call gives. */
interface Grant {
  readonly success: boolean;
  readonly result: { readonly refresh_token: string };
}

/** Asks, and gives the body. */
type Ask = (dataCenter: string, path: string, headers: Record<string, string>) => Promise<string>;

async function granted(ask: Ask, path: string): Promise<Grant["result"]> {
  const grant: Grant = JSON.parse(await ask("us", path, signer.sign({ url: path })));
  if (!grant.success) throw new Error("the local cloud refused");
  return grant.result;
}

/** The same token again and again, and refreshes of one link. */
function tokenCalls(name: string, ask: Ask): AsyncCandidate[] {
  let token: string | undefined;
  const refresh = async () => {
    token ??= (await granted(ask, simple)).refresh_token;
    token = (await granted(ask, `/v1.0/token/${token}`)).refresh_token;
    return token;
  };
  return [
    { name: `${name}, grant type 1 again`, run: () => granted(ask, simple) },
    { name: `${name}, refresh`, run: refresh },
  ];
}

function handled(cloud: Cloud): Ask {
  return async (dataCenter, path, headers) => {
    const pairs = Object.entries({ host: "localhost", ...headers });
    return (await cloud.handle({ method: "GET", target: `/${dataCenter}${path}`, headers: pairs })).body;
  };
}

export function askingInProcess(): AsyncCandidate[] {
  const fetched = createCloud();
  const fetching: Ask = async (dataCenter, path, headers) =>
    (await fetched.fetch(`http://localhost/${dataCenter}${path}`, { headers })).text();
  const expiring = createCloud();
  const fresh = async () => {
    await expiring.expireTokens();
    return granted(handled(expiring), simple);
  };
  return [
    ...tokenCalls("handle", handled(createCloud())),
    { name: "handle, expireTokens and grant 1", run: fresh },
    ...tokenCalls("fetch", fetching),
  ];
}

/** A sign that is found at once, and one that nothing gives. */
export function refusing(): AsyncCandidate[] {
  const ask = handled(createCloud());
  const legacy = new Signer({ ...cloudKeys, algorithm: "legacy" });
  const right = signer.sign({ url: simple });
  return [
    { name: "found: legacy_algorithm", run: () => ask("us", simple, legacy.sign({ url: simple })) },
    { name: "found nothing", run: () => ask("us", simple, { ...right, sign: "0".repeat(64) }) },
  ];
}

/** A constant of the token call's size from `node:http`, and the command. */
export async function askingOverHttp(): Promise<{ candidates: AsyncCandidate[]; stop(): Promise<void> }> {
  const emulator = await startEmulator();
  const answer = JSON.stringify(await granted(handled(createCloud()), simple));
  const program = `const server = require("node:http").createServer((incoming, outgoing) => {
    incoming.resume().on("end", () => outgoing.end(${JSON.stringify(answer)}));
  }).listen(0, "127.0.0.1", () => console.log(server.address().port));`;
  const constant = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "inherit"] });
  const [port] = await once(constant.stdout.setEncoding("utf8"), "data");
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const over =
    (origin: string): Ask =>
    async (dataCenter, path, headers) => {
      const sent = request(`${origin}/${dataCenter}${path}`, { agent, headers }).end();
      const [response] = await once(sent, "response");
      return text(response);
    };
  const bare = over(`http://127.0.0.1:${String(port).trim()}`);
  const sign = () => signer.sign({ url: simple });
  return {
    candidates: [
      { name: "node:http, a constant", run: () => bare("us", simple, sign()) },
      ...tokenCalls("tuya-auth emulator", over(emulator.origin)),
    ],
    async stop() {
      agent.destroy();
      constant.kill();
      await emulator.stop();
    },
  };
}
