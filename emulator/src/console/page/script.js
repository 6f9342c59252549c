// What the pages can do besides with scripts: copy a value, follow the requests, and name the origin in full.

for (const button of document.querySelectorAll("button[data-copy]")) {
  const name = [...button.childNodes];
  let timer;
  button.hidden = false;
  button.addEventListener("click", async () => {
    clearTimeout(timer);
    button.textContent = await copy(document.getElementById(button.dataset.copy));
    timer = setTimeout(() => button.replaceChildren(...name), 2000);
  });
}

/** Copies what the element shows, and gives a word for what was done. */
async function copy(source) {
  try {
    await navigator.clipboard.writeText(source.textContent);
    return "Copied";
  } catch {
    // The clipboard is for secure contexts only; a selection can be copied by hand.
    getSelection().selectAllChildren(source);
    return "Selected";
  }
}

// The cloud sees the Host that it is asked under, and not whether something in front of it speaks TLS.
for (const address of document.querySelectorAll(".address")) {
  address.textContent = address.textContent.replace(/^http:\/\/[^/]+/, location.origin);
}

const live = document.getElementById("live");
if (live !== null) {
  const box = document.getElementById("follow");
  box.closest("[hidden]").hidden = false;
  setInterval(() => {
    if (box.checked && !document.hidden) refresh().catch(() => {});
  }, 2000);
}

/** Shows the requests as they are now. What the reader has opened stays open. */
async function refresh() {
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("live");
  if (fresh === null || fresh.innerHTML === live.dataset.shown) return;
  live.dataset.shown = fresh.innerHTML;
  document.getElementById("none")?.remove();
  const known = new Map([...live.children].map((item) => [item.id, item]));
  live.replaceChildren(...[...fresh.children].map((item) => known.get(item.id) ?? item));
}
