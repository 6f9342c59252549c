import { diagnose, explain } from "tuya-auth/debug";

const keys = { clientId: "client0client0client0", secret: "secret0secret0secret0secret0secr" };

/** Tells every caller why the request's sign is wrong, and which one is right. */
export default {
  async fetch(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    const { method, headers } = request;
    const [url, body] = [pathname + search, new Uint8Array(await request.arrayBuffer())];
    const { matches } = diagnose(keys, { method, url, headers, body });
    const stamp = { t: headers.get("t") ?? "", nonce: headers.get("nonce") ?? "" };
    const { sign } = explain(keys, { method, url, body, ...stamp });
    return Response.json({ mistakes: matches.map(({ mistakes }) => mistakes), sign });
  },
};
