/** The proxied call with session, tokens and signing taken out. */

interface Env {
  /** The cloud's origin. */
  CLOUD: string;
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const { pathname } = new URL(request.url);
    const headers = { Accept: request.headers.get("Accept") ?? "*/*" };
    const response = await fetch(`${env.CLOUD}${pathname}`, { headers, redirect: "manual" });
    return new Response(await response.arrayBuffer(), {
      status: response.status,
      headers: {
        "Content-Type": response.headers.get("Content-Type") ?? "",
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
      },
    });
  },
};
