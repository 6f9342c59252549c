/** What every answer of the handler carries: nothing of it is kept, and no address of it travels on. */
const common: Readonly<Record<string, string>> = {
  "Cache-Control": "no-store",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
};

/** What an answer may have beside its status. */
export interface AnswerParts {
  readonly body?: BodyInit | null;
  readonly contentType?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** `Set-Cookie` values. */
  readonly cookies?: readonly string[];
}

/** An answer with the headers that all of them have. */
export function answer(
  status: number,
  { body = null, contentType, headers, cookies }: AnswerParts = {},
): Response {
  const all = new Headers({ ...common, ...headers });
  if (contentType !== undefined) all.set("Content-Type", contentType);
  for (const cookie of cookies ?? []) all.append("Set-Cookie", cookie);
  return new Response(body, { status, headers: all });
}

export function json(value: unknown, { status = 200, cookies = [] as readonly string[] } = {}): Response {
  return answer(status, { body: JSON.stringify(value), contentType: "application/json", cookies });
}

export function text(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Response {
  return answer(status, { body, contentType: "text/plain; charset=utf-8", headers });
}

/** A redirect that a browser follows with `GET`. */
export function redirect(location: string, cookies: readonly string[] = []): Response {
  return answer(303, { headers: { Location: location }, cookies });
}
