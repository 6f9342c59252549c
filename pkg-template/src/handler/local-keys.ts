import { malformed } from "../answer.js";

/**
 * A body without `local_key`s: with one, anybody on the device's network controls the device.
 *
 * They are removed from JSON at whatever depth, however the name is written, and from JSON inside of its texts. A body
 * that has none comes back byte for byte, whatever type it is said to have.
 *
 * @throws TuyaAuthError `malformed_response` for a body that names one and is no JSON: nothing can be removed from it
 */
export function withoutLocalKeys(bytes: ArrayBuffer): BodyInit {
  // Text in UTF-16 would hide the name from this decoder, but not its bytes from the page.
  const text = new TextDecoder().decode(bytes).replaceAll("\0", "");
  if (!mayName(text)) return bytes;
  try {
    const cleaned = cleanedText(text);
    return cleaned === text ? bytes : cleaned;
  } catch {
    if (namesOne(unescaped(text))) throw malformed("local_key");
    return bytes;
  }
}

/** The JSON without local keys; the very same text if it has none. @throws what is no JSON, or nested too deeply */
function cleanedText(text: string): string {
  const found = { any: false };
  const cleaned = clean(JSON.parse(text), found);
  return found.any ? JSON.stringify(cleaned) : text;
}

function clean(value: unknown, found: { any: boolean }): unknown {
  if (typeof value === "string") {
    const cleaned = cleanString(value);
    if (cleaned !== value) found.any = true;
    return cleaned;
  }
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((inner) => clean(inner, found));
  const kept = Object.entries(value).filter(([name]) => !namesOne(name));
  if (kept.length < Object.keys(value).length) found.any = true;
  return Object.fromEntries(kept.map(([name, inner]) => [name, clean(inner, found)]));
}

/** A text may be JSON of its own, or give a key in words; to mention one, as a device's name may, is no harm. */
function cleanString(text: string): string {
  if (!mayName(text)) return text;
  try {
    return cleanedText(text);
  } catch {
    return /local[\W_]{0,4}key[\W_]*?[:=]/i.test(unescaped(text)) ? "" : text;
  }
}

/** Whether a text names a local key as it stands, or may once its escapes are read. */
function mayName(text: string): boolean {
  return namesOne(text) || text.includes("\\u");
}

/** `local_key`, `localKey`, `LOCAL-KEY`… */
function namesOne(text: string): boolean {
  return /local[\W_]{0,4}key/i.test(text);
}

function unescaped(text: string): string {
  return text.replaceAll(/\\u([\da-f]{4})/gi, (_, unit: string) =>
    String.fromCharCode(Number.parseInt(unit, 16)),
  );
}
