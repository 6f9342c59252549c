/** An answer as a browser sees it, and the forms in it. */

import { type HTMLElement, parse } from "node-html-parser";

import { DemoFailure } from "./failure.js";

/** An answer: a page, a script, a style sheet or data. */
export class Page {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;

  constructor(url: string, status: number, headers: Headers, text: string) {
    this.url = url;
    this.status = status;
    this.headers = headers;
    this.text = text;
  }

  /** Host and path: what can be shown, since a query may hold a code. */
  get path(): string {
    const { host, pathname } = new URL(this.url);
    return `${host}${pathname}`;
  }

  /** The absolute address that a redirect goes to. */
  get redirect(): string | undefined {
    const location = this.status >= 300 && this.status < 400 ? this.headers.get("Location") : null;
    return location === null ? undefined : new URL(location, this.url).href;
  }

  /** The answer as JSON, unchecked. */
  json(): unknown {
    try {
      return JSON.parse(this.text);
    } catch (cause) {
      throw new DemoFailure("unexpected_answer", `${this.path} answered no JSON.`, { cause });
    }
  }

  /** The answer as HTML. */
  html(): HTMLElement {
    return parse(this.text);
  }

  /** The form that has all these controls by name. */
  form(...names: string[]): Form {
    const found = this.html()
      .querySelectorAll("form")
      .find((form) => names.every((name) => form.querySelector(`[name="${name}"]`) !== null));
    if (found === undefined) {
      throw new DemoFailure(
        "unexpected_answer",
        `${this.path} answered ${this.status} without a form for ${names.join(" and ")}.`,
      );
    }
    return new Form(this.url, found);
  }
}

/** A form of a page. */
export class Form {
  /** The URL of its page. */
  readonly page: string;
  readonly action: string;
  readonly method: "get" | "post";
  readonly #element: HTMLElement;

  constructor(page: string, element: HTMLElement) {
    this.page = page;
    this.action = new URL(element.getAttribute("action") ?? "", page).href;
    this.method = element.getAttribute("method")?.toLowerCase() === "post" ? "post" : "get";
    this.#element = element;
  }

  /** What the form sends once `values` are typed in: every control but the buttons, in the page's order. */
  fill(values: Record<string, string>): URLSearchParams {
    const sent = new URLSearchParams();
    for (const input of this.#element.querySelectorAll("input[name]")) {
      const name = input.getAttribute("name") ?? "";
      if (input.getAttribute("type") === "submit") continue;
      sent.append(name, values[name] ?? input.getAttribute("value") ?? "");
    }
    for (const name of Object.keys(values)) {
      if (!sent.has(name)) throw new DemoFailure("unexpected_answer", `The form has no field "${name}".`);
    }
    return sent;
  }
}
