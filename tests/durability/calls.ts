import assert from "node:assert/strict";
import { buildTokenRequest, Signer } from "tuya-auth/server";

import { obtainCode } from "../support/consent.js";
import { ann, appKeys } from "../support/demo-seed.js";

/** What OpenAPI answers; only whole answers count. */
export interface Envelope {
  readonly success: boolean;
  readonly code?: number;
  readonly result?: { readonly access_token: string; readonly refresh_token: string };
}

/** A project as the console lists it. */
export interface ListedProject {
  readonly id: string;
  readonly name: string;
  readonly authorizations: readonly { kind: string; clientId: string; secret: string }[];
}

const signer = new Signer(appKeys);

/** The calls that the test's clients make, each over HTTP. They reject when no whole answer comes. */
export class Calls {
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** Ann logs in on the authorization page and confirms. */
  authorize(): Promise<string> {
    return obtainCode({ fetch, origin: this.#origin, dataCenter: "us", account: ann });
  }

  exchange(code: string): Promise<Envelope> {
    return this.#openapi(buildTokenRequest({ grant: "code", code }).url.toString());
  }

  refresh(refreshToken: string): Promise<Envelope> {
    return this.#openapi(buildTokenRequest({ grant: "refresh", refreshToken }).url.toString());
  }

  devices(accessToken: string): Promise<Envelope> {
    return this.#openapi(`/v1.0/users/${ann.uid}/devices`, accessToken);
  }

  createProject(name: string): Promise<ListedProject> {
    return this.#console("POST", "projects", { name });
  }

  renameProject(id: string, name: string): Promise<ListedProject> {
    return this.#console("PATCH", `projects/${id}`, { name });
  }

  async projects(): Promise<readonly ListedProject[]> {
    return (await this.#console<{ projects: ListedProject[] }>("GET", "projects")).projects;
  }

  async #openapi(path: string, accessToken?: string): Promise<Envelope> {
    const headers = signer.sign({ url: path, ...(accessToken === undefined ? {} : { accessToken }) });
    const response = await fetch(`${this.#origin}/us${path}`, { headers });
    assert.equal(response.status, 200);
    return (await response.json()) as Envelope;
  }

  async #console<T>(method: string, path: string, body?: object): Promise<T> {
    const sent = body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    const response = await fetch(`${this.#origin}/console/api/${path}`, { method, ...sent });
    const answer = await response.json();
    assert.ok(response.ok, JSON.stringify(answer));
    return answer as T;
  }
}
