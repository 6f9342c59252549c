/** What the command line and the environment ask for. */

import { parseArgs } from "node:util";

import { DemoFailure } from "./failure.js";

/** What `cargo xtask demo` can be told. */
export interface Settings {
  once: boolean;
  json: boolean;
  help: boolean;
  cloudPort: number;
  /** Absent: the port of the origin where that is on this machine, else the default. */
  workerPort: number | undefined;
}

/** A project of the real cloud, out of the environment. */
export interface RealCloud {
  clientId: string;
  secret: string;
  authorizationPage: string;
  dataCenter: string;
  origin: string;
  identifier: string | undefined;
}

export const defaultCloudPort = 8787;
export const defaultWorkerPort = 8788;

export const help = `Links a demo account end to end, then serves the page, the worker and the local cloud.

  --once              end after the link; the status is 0 only if every step held
  --json              print one JSON object a step
  --cloud-port PORT   port of the local cloud on 127.0.0.1 (default ${defaultCloudPort}; 0: any)
  --worker-port PORT  port of the worker on localhost (default ${defaultWorkerPort}; 0: any)
  --help              this text

With TUYA_CLIENT_ID, TUYA_CLIENT_SECRET, TUYA_AUTHORIZATION_PAGE, TUYA_DATA_CENTER and TUYA_ORIGIN set (and
TUYA_IDENTIFIER, where the cloud asks for one) it serves the same page and worker against the real cloud.
`;

/** @throws DemoFailure `invalid_argument` */
export function parseSettings(args: readonly string[]): Settings {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        once: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
        "cloud-port": { type: "string", default: String(defaultCloudPort) },
        "worker-port": { type: "string" },
      },
    });
    const workerPort = values["worker-port"];
    return {
      once: values.once,
      json: values.json,
      help: values.help,
      cloudPort: parsePort("--cloud-port", values["cloud-port"]),
      workerPort: workerPort === undefined ? undefined : parsePort("--worker-port", workerPort),
    };
  } catch (cause) {
    if (cause instanceof DemoFailure) throw cause;
    throw new DemoFailure("invalid_argument", `${(cause as Error).message} See --help.`, { cause });
  }
}

const required = [
  "TUYA_CLIENT_ID",
  "TUYA_CLIENT_SECRET",
  "TUYA_AUTHORIZATION_PAGE",
  "TUYA_DATA_CENTER",
  "TUYA_ORIGIN",
] as const;

/**
 * The real cloud's project, if the environment describes one.
 *
 * @throws DemoFailure `configuration_incomplete`, naming the variables that are missing
 */
export function realCloudFrom(environment: NodeJS.ProcessEnv): RealCloud | undefined {
  const value = (name: string) => environment[name] || undefined;
  const missing = required.filter((name) => value(name) === undefined);
  const identifier = value("TUYA_IDENTIFIER");
  if (missing.length === required.length && identifier === undefined) return undefined;
  if (missing.length > 0) {
    throw new DemoFailure(
      "configuration_incomplete",
      `For the real cloud set ${missing.join(", ")} as well, or none of them for the local cloud.`,
    );
  }
  return {
    clientId: value("TUYA_CLIENT_ID") ?? "",
    secret: value("TUYA_CLIENT_SECRET") ?? "",
    authorizationPage: value("TUYA_AUTHORIZATION_PAGE") ?? "",
    dataCenter: value("TUYA_DATA_CENTER") ?? "",
    origin: value("TUYA_ORIGIN") ?? "",
    identifier,
  };
}

function parsePort(option: string, text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new DemoFailure("invalid_argument", `${option} takes a port from 0 to 65535.`);
  return port;
}
