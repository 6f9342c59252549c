import { createAuthorization, parseCallback, TuyaAuthError } from "tuya-auth";
import { Signer } from "tuya-auth/server";

import { vector } from "./vector.js";

/** What {@link checkPage} found. */
export interface PageFindings {
  /** The sign of the vector's request. */
  readonly sign: string;
  /** The code that a callback brought. */
  readonly code: string;
  /** The error code of a callback whose state is somebody else's. */
  readonly foreign: string;
}

/**
 * Signs, begins a link and reads its callback: what works without a network, in a page as on a server. The secret is
 * the vector's, which is public; a page of one's own never has one.
 */
export function checkPage(): PageFindings {
  const signer = new Signer(vector.credentials);
  const begin = () =>
    createAuthorization({
      page: "https://auth.example/login",
      clientId: vector.credentials.clientId,
      redirectUri: "https://app.example/callback",
      dataCenter: "us",
    });
  const { url, state } = begin();
  const callback = new URL(new URL(url).searchParams.get("redirect_uri") ?? "");
  callback.search = String(new URLSearchParams({ code: "code-of-a-link", state }));
  return {
    sign: signer.sign(vector.request).sign,
    code: parseCallback(callback, { state, dataCenter: "us" }).code,
    foreign: refusal(() => parseCallback(callback, { state: begin().state })),
  };
}

/** The code of the error that this throws: of the package's own class, which its entries share. */
function refusal(run: () => unknown): string {
  try {
    run();
    return "none";
  } catch (error) {
    if (error instanceof TuyaAuthError) return error.code;
    throw error;
  }
}
