/** Diagnosing a sign that nothing in the catalogue gives: every combination is tried. */

import { type DiagnoseRequest, diagnose } from "tuya-auth/debug";

import type { Candidate } from "./measure.js";

// The published pair of keys.
const credentials = { clientId: "1KAD46OrT9HafiKdsXeg", secret: "4OHBOnWOqaEC1mWXOpVL3yV50s0qGSRC" };
const sign = "0".repeat(64);

const simple: DiagnoseRequest = {
  url: "/v2.0/apps/schema/users?page_no=1&page_size=50",
  headers: {
    t: "1588925778000",
    nonce: "5138cc3a9033d69856923fd07b491173",
    access_token: "3f4eda2bdec17232f67c0b188af3eec1",
  },
};

/** Something for every mistake to change. */
const rich: DiagnoseRequest = {
  method: "POST",
  url: "/base/v1.0/devices/a%20b/commands?z=1&ids=a,b&x=&name=caf%C3%A9",
  headers: {
    ...simple.headers,
    "signature-headers": "area_id:call_id",
    area_id: "29a33e8796834b1efa6",
    call_id: "8afdb70ab2ed11eb85290242ac130003",
  },
  body: '{"commands":[{"code":"switch_led","value":false}],"n":"é"}',
};

/** The candidates, with the number of HMACs that each computes in its name. */
export function diagnosing(): Candidate[] {
  return Object.entries({ "simple request": simple, "rich request": rich }).map(([name, request]) => {
    const { hmacs, matches } = diagnose(credentials, request, sign);
    if (matches.length > 0) throw new Error("a sign of nowhere was explained");
    return { name: `${name}, ${hmacs} HMACs`, run: () => diagnose(credentials, request, sign) };
  });
}
