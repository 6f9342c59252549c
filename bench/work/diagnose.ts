/** Diagnosing a sign that nothing in the catalogue gives: every combination is tried. */

import { type DiagnoseRequest, diagnose } from "tuya-auth/debug";

import { OURS, type Tables } from "./candidate.js";
import { clientId, secret } from "./typical.js";

const credentials = { clientId, secret };
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

const requests = { "simple request": simple, "rich request": rich };

/** A table for each request; its proof is the number of HMACs that were computed. */
export const diagnosing: Tables = Object.fromEntries(
  Object.entries(requests).map(([name, request]) => [`diagnose, ${name}`, () => prepare(request)]),
);

async function prepare(request: DiagnoseRequest) {
  const run = () => diagnose(credentials, request, sign);
  const { hmacs, matches } = run();
  if (matches.length > 0) throw new Error("a sign of nowhere was explained");
  return { candidates: [{ name: OURS, run }], proof: `${hmacs} HMACs` };
}
