import { isSecret } from "./secrets.js";

/** The two secrets that a browser keeps: one for the logins it has open, one for its session. */
export type CookieKind = "login" | "session";

/** The cookies of one origin: their names and attributes follow from it, never from a request. */
export interface Cookies {
  /** The secret that the browser sent, or `undefined` when it sent none, several, or one not made here. */
  read(request: Request, kind: CookieKind): string | undefined;
  /** A `Set-Cookie` value; `maxAge` is in ms. */
  write(kind: CookieKind, secret: string, maxAge: number): string;
  /** A `Set-Cookie` value that removes the cookie. */
  clear(kind: CookieKind): string;
}

/**
 * `__Host-` cookies, which no other host and no plain connection can set (RFC 6265bis, section 4.1.3.2). Only where
 * the origin is plain http, which is allowed on loopback alone, do they lose prefix and `Secure`: browsers would not
 * keep them otherwise.
 */
export function cookiesOf(origin: string): Cookies {
  const secure = origin.startsWith("https:");
  const nameOf = (kind: CookieKind) => `${secure ? "__Host-" : ""}tuya-auth-${kind}`;
  const attributes = `Path=/; ${secure ? "Secure; " : ""}HttpOnly; SameSite=Lax`;
  return {
    read(request, kind) {
      const values = valuesOf(request.headers.get("Cookie") ?? "", nameOf(kind));
      return values.length === 1 && isSecret(values[0]) ? values[0] : undefined;
    },
    write(kind, secret, maxAge) {
      return `${nameOf(kind)}=${secret}; Max-Age=${Math.floor(maxAge / 1000)}; ${attributes}`;
    },
    clear(kind) {
      return `${nameOf(kind)}=; Max-Age=0; ${attributes}`;
    },
  };
}

function valuesOf(header: string, name: string): string[] {
  return header
    .split(";")
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
}
