/** The request that the options describe. */

import { text } from "node:stream/consumers";

import type { SignRequest } from "../signer-request.js";
import { UsageError } from "./command.js";
import { curlRequest } from "./curl.js";
import { givenFile } from "./given-file.js";
import { harRequest } from "./har.js";
import type { requestOptions, Values } from "./options.js";
import { type HeaderList, headerOf, type SentRequest } from "./sent-request.js";

type RequestValues = Values<typeof requestOptions>;

/**
 * Reads the request.
 *
 * @throws UsageError when there is none, or more than one
 */
export async function sentRequest(values: RequestValues): Promise<SentRequest> {
  const given = await pasted(values);
  const { url = given?.url } = values;
  if (url === undefined) throw new UsageError("the request has no URL");
  const body = bodyOf(values) ?? given?.body;
  const headers = (values.header ?? []).map(headerOfLine);
  const named = new Set(headers.map(([name]) => name.toLowerCase()));
  const all = [...headers, ...(given?.headers ?? []).filter(([name]) => !named.has(name.toLowerCase()))];
  const untyped = bodyOf(values) !== undefined && headerOf(all, "content-type") === undefined;
  return {
    method: values.method ?? given?.method ?? "GET",
    url,
    headers: untyped ? [...all, ["Content-Type", "application/json"]] : all,
    body,
  };
}

/** The request as {@link Signer} takes it, without time and nonce. */
export function signRequest(request: SentRequest, values: RequestValues): SignRequest {
  const { method, url, headers, body } = request;
  const names = headerOf(headers, "signature-headers")?.split(":");
  const token = isTokenCall(url) ? undefined : headerOf(headers, "access_token");
  return {
    method,
    url,
    headers,
    body,
    signedHeaders: values["signed-header"] ?? names?.filter((name) => name !== ""),
    accessToken: values["access-token"] ?? token,
  };
}

/** `/v1.0/token` and below, where the access token is not signed. */
function isTokenCall(url: string): boolean {
  return /\/v1\.0\/token([/?#]|$)/.test(url);
}

/** What was pasted: a curl command or an archive's entry. */
async function pasted({ url, curl, har, entry }: RequestValues): Promise<SentRequest | undefined> {
  if (curl !== undefined && har !== undefined) throw new UsageError("give --curl or --har, not both");
  if (entry !== undefined && har === undefined) throw new UsageError("--entry belongs to --har");
  if (har !== undefined) return harRequest(har, entry);
  if (curl !== undefined) return curlRequest(curl);
  if (url !== undefined) return undefined;
  if (process.stdin.isTTY)
    process.stderr.write("Paste a curl command, then press Ctrl-D on a line of its own:\n");
  const input = await text(process.stdin);
  if (input.trim() === "") throw new UsageError("there is no request: give --url, --curl or --har");
  return curlRequest(input);
}

function bodyOf({ body, "body-file": path }: RequestValues): Uint8Array | undefined {
  if (path === undefined) return body === undefined ? undefined : Buffer.from(body);
  if (body !== undefined) throw new UsageError("give --body or --body-file, not both");
  return givenFile(path);
}

function headerOfLine(line: string): HeaderList[number] {
  const [, name, value] = /^([^:]+):[ \t]*(.*?)[ \t]*$/s.exec(line) ?? [];
  if (name === undefined || value === undefined) throw new UsageError("--header takes 'NAME: VALUE'");
  return [name, value];
}
