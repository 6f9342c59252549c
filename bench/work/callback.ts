/** Reading a callback: what the address of the authorization page's redirect says. */

import { parseCallback } from "tuya-auth";

import { OURS, type Prepared } from "./candidate.js";

const state = "q83vEjRWeJCrze8SNFZ4kA.us";
const code = "b2ad8d2bc7e55eb65cb06ad57a0b8a6c";
const url = `https://link.example.com/auth/callback/us?code=${code}&state=${state}`;

/** The table, beside the least that one would write by hand. */
export async function readingCallback(): Promise<Prepared> {
  const candidates = [
    { name: OURS, run: () => parseCallback(url, { state, dataCenter: "us" }).code },
    { name: "URL and a comparison", run: byHand },
  ];
  for (const { name, run } of candidates) {
    if (run() !== code) throw new Error(`${name} reads another code`);
  }
  return { candidates, proof: code };
}

function byHand(): string {
  const { searchParams } = new URL(url);
  if (searchParams.get("state") !== state) throw new Error("another state");
  const given = searchParams.get("code");
  if (given === null) throw new Error("no code");
  return given;
}
