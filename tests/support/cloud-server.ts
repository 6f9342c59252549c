import { type Cloud, type CloudAnswer, type CloudOptions, createCloud } from "tuya-auth/emulator";
import { serveCloud as serve } from "tuya-auth/emulator/node";

import { Gates, type Held, type Hold } from "./gates.js";

const STEPS = "/step/";

/** A local cloud behind a real port, whose answers a test can hold back. */
export interface CloudServer {
  readonly cloud: Cloud;
  /** Such as `http://127.0.0.1:8787`. */
  readonly origin: string;
  /**
   * Holds back the answers of requests whose target matches, from now on; they are worked off by then. What follows
   * `/step/` in a target, decoded, is a place that another process passes ({@link Gates}): the cloud does not hear of it.
   */
  hold(target: RegExp): Held;
  /** Holds back requests whose target matches, before they are worked off. */
  holdRequests(target: RegExp): Hold;
  close(): Promise<void>;
}

/** What a cloud's server is made of. */
export interface CloudServerOptions extends CloudOptions {
  /** Hears what was worked off, before the answer goes out or is held. */
  readonly onAnswer?: (target: string, answer: CloudAnswer) => void;
}

/** Serves a new cloud on a free port of 127.0.0.1. */
export async function serveCloud({ onAnswer, ...options }: CloudServerOptions): Promise<CloudServer> {
  const cloud = createCloud(options);
  const [gates, arrivals] = [new Gates(), new Gates()];
  const handle: Cloud["handle"] = async (request) => {
    const { target } = request;
    if (target.startsWith(STEPS)) {
      await gates.pass(decodeURIComponent(target.slice(STEPS.length)));
      return { status: 204, headers: [], body: "", delayMs: 0, cut: false };
    }
    await arrivals.pass(target);
    const answer = await cloud.handle(request);
    onAnswer?.(target, answer);
    await gates.pass(target);
    return answer;
  };
  // The server asks this one, so that what a test holds back is worked off by then.
  const held = new Proxy(cloud, {
    get: (target, name) => (name === "handle" ? handle : Reflect.get(target, name, target)),
  });
  const { origin, close } = await serve(held);
  return {
    cloud,
    origin,
    hold: (target) => gates.hold(target),
    holdRequests: (target) => arrivals.hold(target),
    close,
  };
}
