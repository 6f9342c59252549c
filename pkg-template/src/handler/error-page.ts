import type { Failure } from "./failures.js";
import { answer } from "./responses.js";

/** A small page that says what went wrong. It loads nothing, runs nothing and cannot be framed. */
export function errorPage(failure: Failure, cookies: readonly string[] = []): Response {
  const lines = [
    "<!doctype html>",
    '<html lang="en">',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    "<title>The account was not linked</title>",
    "<h1>The account was not linked</h1>",
    `<p>${escaped(failure.message)}</p>`,
    ...(failure.action === undefined ? [] : [`<p>${escaped(failure.action)}</p>`]),
    `<p><code>${escaped(failure.code)}</code></p>`,
    '<p><a href="/">Back</a></p>',
    "",
  ];
  return answer(failure.status, {
    body: lines.join("\n"),
    contentType: "text/html; charset=utf-8",
    headers: { "Content-Security-Policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'" },
    cookies,
  });
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? "");
}
