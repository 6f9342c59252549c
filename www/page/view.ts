/** The page's states on the screen. Nothing here fetches; nothing elsewhere touches the document. */

import { adviceFor } from "./advice.js";
import type { Device } from "./api.js";

/** The sections of which one at a time is shown, beside a problem if there is one. */
type Section = "loading" | "unlinked" | "linked";

const sections: readonly Section[] = ["loading", "unlinked", "linked"];

/** The linked account as it is shown. */
export interface LinkedAccount {
  uid: string;
  region: string;
  /** Absent when they could not be had. */
  devices?: readonly Device[];
}

/** What a person can do; each handler is called with what it needs. */
export interface Handlers {
  link(dataCenter: string): void;
  signOut(): void;
  unlink(): void;
  retry(): void;
}

/** Connects the buttons; called once. */
export function listen(handlers: Handlers): void {
  element("link-form").addEventListener("submit", (event) => {
    event.preventDefault();
    handlers.link(dataCenterSelect().value);
  });
  element("sign-out").addEventListener("click", () => handlers.signOut());
  element("retry").addEventListener("click", () => handlers.retry());
  const dialog = element("unlink-dialog") as HTMLDialogElement;
  element("unlink").addEventListener("click", () => {
    dialog.returnValue = "cancel";
    dialog.showModal();
  });
  dialog.addEventListener("close", () => {
    if (dialog.returnValue === "unlink") handlers.unlink();
  });
}

/** Something is under way: `text` says what, and is read aloud. */
export function showLoading(text: string): void {
  hideProblem();
  show("loading");
  element("loading-text").textContent = text;
  element("status").textContent = text;
}

/** Nobody is linked: the form, with the regions to choose from. */
export function showUnlinked(regions: readonly { code: string; name: string }[]): void {
  const select = dataCenterSelect();
  const chosen = select.value;
  select.replaceChildren(...regions.map(({ code, name }) => new Option(name, code, false, code === chosen)));
  show("unlinked");
}

/** An account is linked: who, where, and its devices. */
export function showLinked({ uid, region, devices }: LinkedAccount): void {
  element("uid").textContent = uid;
  element("region").textContent = region;
  element("devices-card").hidden = devices === undefined;
  element("devices").replaceChildren(...(devices ?? []).map(deviceItem));
  element("no-devices").hidden = devices?.length !== 0;
  show("linked");
}

/** A problem, by its error code, above the section that is shown now; a wait ends with it. */
export function showProblem(code: string, canRetry: boolean): void {
  const { title, text } = adviceFor(code);
  element("problem-title").textContent = title;
  element("problem-advice").textContent = text;
  element("problem-code").textContent = code;
  element("retry").hidden = !canRetry;
  element("problem").hidden = false;
  element("loading").hidden = true;
  element("main").ariaBusy = "false";
  element("problem-title").focus();
}

function hideProblem(): void {
  element("problem").hidden = true;
}

/** Shows one section, and moves the focus there so that a screen reader goes on at its heading. */
function show(section: Section): void {
  for (const name of sections) element(name).hidden = name !== section;
  element("main").ariaBusy = String(section === "loading");
  element(section).querySelector("h2")?.focus();
}

function deviceItem({ name, online }: Device): HTMLLIElement {
  const item = document.createElement("li");
  const label = document.createElement("span");
  label.textContent = name;
  const presence = document.createElement("span");
  presence.className = online ? "presence online" : "presence";
  presence.textContent = online ? "Online" : "Offline";
  item.append(label, presence);
  return item;
}

function dataCenterSelect(): HTMLSelectElement {
  return element("data-center") as HTMLSelectElement;
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`index.html has no element "${id}"`);
  return found;
}
