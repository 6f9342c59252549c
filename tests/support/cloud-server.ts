import { type Cloud, type CloudOptions, createCloud } from "tuya-auth/emulator";
import { serveCloud as serve } from "tuya-auth/emulator/node";

/** A local cloud behind a real port, whose answers a test can hold back. */
export interface CloudServer {
  readonly cloud: Cloud;
  /** Such as `http://127.0.0.1:8787`. */
  readonly origin: string;
  /** Holds back the answers of requests whose target matches, from now on. */
  hold(target: RegExp): Held;
  close(): Promise<void>;
}

/** Answers that are held back. */
export interface Held {
  /** Resolves when the cloud has worked off the first request whose answer is held. */
  readonly reached: Promise<void>;
  /** Lets the answers go, and holds no more. */
  release(): void;
}

interface Gate {
  readonly target: RegExp;
  readonly open: Promise<void>;
  reached(): void;
}

/** Serves a new cloud on a free port of 127.0.0.1. */
export async function serveCloud(options: CloudOptions): Promise<CloudServer> {
  const cloud = createCloud(options);
  const gates = new Set<Gate>();
  const handle: Cloud["handle"] = async (request) => {
    const answer = await cloud.handle(request);
    for (const gate of gates) {
      if (!gate.target.test(request.target)) continue;
      gate.reached();
      await gate.open;
    }
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
    hold(target) {
      let [reach, open] = [() => {}, () => {}];
      const reached = new Promise<void>((resolve) => {
        reach = resolve;
      });
      const gate: Gate = {
        target,
        reached: reach,
        open: new Promise<void>((resolve) => {
          open = resolve;
        }),
      };
      gates.add(gate);
      return {
        reached,
        release() {
          gates.delete(gate);
          open();
        },
      };
    },
    close,
  };
}
