/** The worker's routes, as the page uses them. Every failure is an {@link ApiError} with a stable code. */

/** A call that failed; `code` is one of the package's error codes or a code of the cloud's answer. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: string;

  constructor(code: string, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}

/** A data center that the worker offers. With `"page"` this page takes the code, else the worker does. */
export interface OfferedDataCenter {
  code: string;
  callback: "server" | "page";
}

/** Who is linked in this browser. */
export type Session = { linked: false } | { linked: true; uid: string; dataCenter: string };

/** A device of the linked account. */
export interface Device {
  id: string;
  name: string;
  online: boolean;
}

/** A login that the worker has opened. `expiresAt` is in ms since the epoch. */
export interface StartedLogin {
  url: string;
  state: string;
  expiresAt: number;
}

export async function fetchOffered(): Promise<OfferedDataCenter[]> {
  const { dataCenters } = await call<{ dataCenters: OfferedDataCenter[] }>("GET", "/config.json");
  return dataCenters;
}

export function fetchSession(): Promise<Session> {
  return call("GET", "/auth/session");
}

/** The address that starts a login whose code the worker takes. */
export function loginUrl(dataCenter: string): string {
  return `/auth/login/${dataCenter}?return_to=/`;
}

export function startLogin(dataCenter: string): Promise<StartedLogin> {
  return call("POST", `/auth/start/${dataCenter}`);
}

export async function exchangeCode(dataCenter: string, code: string, state: string): Promise<void> {
  await call("POST", `/auth/exchange/${dataCenter}`, { code, state });
}

/** The linked account's devices: one signed call to the cloud, made by the worker. */
export async function fetchDevices(uid: string): Promise<Device[]> {
  const answer = await call<CloudAnswer<Device[]>>("GET", `/auth/api/v1.0/users/${uid}/devices`);
  if (!answer.success) throw new ApiError(`cloud_${answer.code}`);
  return answer.result;
}

export async function logout(): Promise<void> {
  await call("POST", "/auth/logout");
}

export async function unlink(): Promise<void> {
  await call("POST", "/auth/unlink");
}

/** The cloud's own envelope. */
type CloudAnswer<T> = { success: true; result: T } | { success: false; code: number; msg: string };

async function call<T>(method: "GET" | "POST", path: string, body?: unknown): Promise<T> {
  const response = await send(method, path, body);
  const text = await response.text();
  if (!response.ok) throw new ApiError(errorCode(text));
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

async function send(method: "GET" | "POST", path: string, body: unknown): Promise<Response> {
  const init: RequestInit = { method };
  if (body !== undefined) {
    init.headers = { "Content-Type": "application/json" };
    init.body = JSON.stringify(body);
  }
  try {
    return await fetch(path, init);
  } catch (cause) {
    throw new ApiError("page_offline", { cause });
  }
}

function errorCode(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    if (typeof error === "string") return error;
  } catch {
    // Not JSON: an answer that neither the worker nor the cloud gives.
  }
  return "malformed_response";
}
