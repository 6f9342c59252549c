/**
 * What stands before the handler's worker, as a platform's own server does: when a browser goes away it drops the
 * request, and the runtime ends whatever that has begun, but for what `waitUntil` was told of. workerd's own server goes
 * on in silence.
 */

interface Env {
  MAIN: { fetch(request: Request, init: { signal: AbortSignal }): Promise<Response> };
  CLOUD: string;
}

interface Context {
  waitUntil(work: Promise<unknown>): void;
}

export default {
  async fetch(request: Request, env: Env, context: Context): Promise<Response> {
    const leaving = new AbortController();
    const answer = env.MAIN.fetch(request, { signal: leaving.signal });
    if (!request.headers.has("X-Stepping")) return answer;
    const gone = passLeave(env.CLOUD, leaving);
    context.waitUntil(gone);
    return Promise.race([answer, gone]);
  },
};

/** Drops the request when the test lets pass. */
async function passLeave(cloud: string, leaving: AbortController): Promise<Response> {
  await fetch(`${cloud}/step/leave`);
  leaving.abort();
  await fetch(`${cloud}/step/left`);
  return new Response(null, { status: 499 });
}
