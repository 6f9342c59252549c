/** The request of an entry in an HTTP archive (HAR 1.2, sections `request` and `postData`). */

import { UsageError } from "./command.js";
import { givenFile } from "./given-file.js";
import { headerOf, type SentRequest } from "./sent-request.js";

/** What is read of an entry's request; everything may be absent in a file that is none. */
interface HarRequest {
  readonly method?: string;
  readonly url?: string;
  readonly headers?: readonly NameValue[];
  readonly postData?: { readonly text?: string; readonly params?: readonly NameValue[] };
}

interface NameValue {
  readonly name: string;
  readonly value?: string;
}

/**
 * Reads one request out of a file.
 *
 * @param entry counted from 1; without it the only entry, or the only one that is signed
 * @throws UsageError when the file is no archive, or the entry cannot be told
 */
export function harRequest(path: string, entry: string | undefined): SentRequest {
  const requests = requestsOf(givenFile(path).toString());
  if (entry !== undefined) {
    const chosen = /^\d+$/.test(entry) ? requests[Number(entry) - 1] : undefined;
    if (chosen === undefined)
      throw new UsageError(`--entry: the archive has entries 1 to ${requests.length}`);
    return chosen;
  }
  const signed = requests.filter(({ headers }) => headerOf(headers, "sign") !== undefined);
  const candidates = signed.length === 0 ? requests : signed;
  const [only, ...others] = candidates;
  if (only === undefined) throw new UsageError("the archive has no entries");
  if (others.length > 0) {
    const numbers = candidates.map((request) => requests.indexOf(request) + 1).join(", ");
    throw new UsageError(`which of the archive's entries is meant? Choose by --entry: ${numbers}`);
  }
  return only;
}

function requestsOf(text: string): SentRequest[] {
  try {
    const archive: { log: { entries: { request: HarRequest }[] } } = JSON.parse(text.replace(/^\uFEFF/, ""));
    return archive.log.entries.map(({ request }) => sentRequest(request));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError("the file is no HTTP archive (HAR)");
  }
}

function sentRequest({ method, url, headers = [], postData }: HarRequest): SentRequest {
  if (typeof method !== "string" || typeof url !== "string") {
    throw new UsageError("the archive has an entry without a method or URL");
  }
  return {
    method,
    url,
    // HTTP/2's `:path` and the like stand among the headers in what browsers write.
    headers: headers.flatMap(({ name, value = "" }) =>
      name.startsWith(":") ? [] : [[name, value] as const],
    ),
    body: bodyOf(postData),
  };
}

/** A form may be there as pairs only. */
function bodyOf(postData: HarRequest["postData"]): Uint8Array | undefined {
  if (postData === undefined) return undefined;
  const { text, params = [] } = postData;
  if (text !== undefined && text !== "") return Buffer.from(text);
  const form = new URLSearchParams(params.map(({ name, value = "" }) => [name, value]));
  return params.length > 0 ? Buffer.from(form.toString()) : undefined;
}
