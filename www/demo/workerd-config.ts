/**
 * The configuration of one workerd process, as data, and its Cap'n Proto text.
 *
 * Only what this repository runs is modelled; the full schema ships with the npm package as
 * `workerd/workerd.capnp`, and field names here are that schema's own.
 */

/** A module of a worker. The first one of a worker is its main module. */
export interface WorkerdModule {
  /** The specifier by which other modules of the worker import it. */
  name: string;
  kind: "esModule" | "wasm" | "text" | "data" | "json";
  content: string | Uint8Array;
}

/**
 * A property of the worker's `env`. `service` and `assets` name a service, `durableObjectNamespace` a class of the
 * worker's own or, as a pair, of another service's.
 */
export type WorkerdBinding = { name: string } & (
  | { text: string }
  | { json: string }
  | { service: string }
  | { assets: string }
  | { durableObjectNamespace: string | { className: string; serviceName: string } }
);

/** A worker: its code, its bindings and where its Durable Objects keep their rows. */
export interface WorkerdWorker {
  modules: readonly [WorkerdModule, ...WorkerdModule[]];
  compatibilityDate: string;
  compatibilityFlags?: readonly string[];
  bindings?: readonly WorkerdBinding[];
  /** SQLite-backed Durable Object classes, and the `disk` service that holds their databases. */
  durableObjects?: { classes: readonly { className: string; uniqueKey: string }[]; disk: string };
  /** The service behind the global `fetch`; default: the public internet. */
  globalOutbound?: string;
}

/**
 * A named service: a worker, a directory (an absolute path), a directory served as a platform's static assets,
 * or a network to which `fetch` may reach.
 */
export type WorkerdService = { name: string } & (
  | { worker: WorkerdWorker }
  | { disk: { path: string; writable?: boolean } }
  | { assets: { path: string; userWorker: string } }
  | { network: { allow: readonly string[] } }
);

/** Everything one process runs. An address of port 0 takes a free port. */
export interface WorkerdConfig {
  services: readonly WorkerdService[];
  sockets: readonly { name: string; address: string; service: string }[];
}

/** A file that the text embeds, to be written beside it. */
export interface EmbeddedFile {
  path: string;
  content: string | Uint8Array;
}

/** Whether workerd must be told `--experimental`: its assets service is not final yet. */
export function isExperimental(config: WorkerdConfig): boolean {
  return config.services.some((service) => "assets" in service);
}

/**
 * The configuration as Cap'n Proto text, whose constant is named `config`, and the module files it embeds
 * by a path relative to itself.
 */
export function renderConfig(config: WorkerdConfig): { text: string; files: EmbeddedFile[] } {
  const files: EmbeddedFile[] = [];
  const services = config.services.map((service) => renderService(service, files));
  const sockets = config.sockets.map(
    ({ name, address, service }) =>
      `(name = ${quote(name)}, address = ${quote(address)}, http = (), service = ${quote(service)})`,
  );
  const text = [
    'using Workerd = import "/workerd/workerd.capnp";',
    `const config :Workerd.Config = (services = ${list(services)}, sockets = ${list(sockets)});`,
    "",
  ].join("\n");
  return { text, files };
}

function renderService(service: WorkerdService, files: EmbeddedFile[]): string {
  const name = `name = ${quote(service.name)}`;
  if ("disk" in service) {
    const { path, writable = false } = service.disk;
    return `(${name}, disk = (path = ${quote(path)}, writable = ${writable}))`;
  }
  if ("assets" in service) {
    const { path, userWorker } = service.assets;
    return `(${name}, assets = (path = ${quote(path)}, config = "{}", userWorker = ${quote(userWorker)}))`;
  }
  if ("network" in service) {
    return `(${name}, network = (allow = ${list(service.network.allow.map(quote))}))`;
  }
  return `(${name}, worker = ${renderWorker(service.name, service.worker, files)})`;
}

function renderWorker(service: string, worker: WorkerdWorker, files: EmbeddedFile[]): string {
  const modules = worker.modules.map(({ name, kind, content }, index) => {
    const path = `${service}.${index}.${kind}`;
    files.push({ path, content });
    return `(name = ${quote(name)}, ${kind} = embed ${quote(path)})`;
  });
  const fields = [
    `modules = ${list(modules)}`,
    `compatibilityDate = ${quote(worker.compatibilityDate)}`,
    `compatibilityFlags = ${list((worker.compatibilityFlags ?? []).map(quote))}`,
    `bindings = ${list((worker.bindings ?? []).map(renderBinding))}`,
  ];
  if (worker.durableObjects !== undefined) {
    const classes = worker.durableObjects.classes.map(
      ({ className, uniqueKey }) =>
        `(className = ${quote(className)}, uniqueKey = ${quote(uniqueKey)}, enableSql = true)`,
    );
    fields.push(`durableObjectNamespaces = ${list(classes)}`);
    fields.push(`durableObjectStorage = (localDisk = ${quote(worker.durableObjects.disk)})`);
  }
  if (worker.globalOutbound !== undefined) {
    fields.push(`globalOutbound = ${quote(worker.globalOutbound)}`);
  }
  return `(${fields.join(", ")})`;
}

function renderBinding({ name, ...value }: WorkerdBinding): string {
  if ("assets" in value) {
    return `(name = ${quote(name)}, service = (name = ${quote(value.assets)}, entrypoint = "AssetWorker"))`;
  }
  const parts = Object.entries(value).map(([kind, value]) => `${kind} = ${renderValue(value)}`);
  return `(name = ${quote(name)}, ${parts.join(", ")})`;
}

function renderValue(value: string | Readonly<Record<string, string>>): string {
  if (typeof value === "string") return quote(value);
  const fields = Object.entries(value).map(([name, text]) => `${name} = ${quote(text)}`);
  return `(${fields.join(", ")})`;
}

function list(items: readonly string[]): string {
  return `[${items.join(", ")}]`;
}

/** A Cap'n Proto string literal. It knows C's escapes only, so what is not printable ASCII goes byte by byte. */
function quote(text: string): string {
  let literal = "";
  for (const byte of new TextEncoder().encode(text)) {
    const printable = byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c;
    literal += printable ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, "0")}`;
  }
  return `"${literal}"`;
}
