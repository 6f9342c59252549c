/* Waits beside a QR code until the phone has decided, then sends the form that goes on. */

/** How long the first question waits, and the longest that one does, in ms. */
const SHORTEST = 1000;
const LONGEST = 5000;

const scan = document.getElementById("scan");
const progress = document.getElementById("progress");
const goOn = document.getElementById("go-on");

let wait = SHORTEST;
let timer;

/** Asks how far the scan is, shows it, and asks again later unless it is decided. */
async function ask() {
  timer = undefined;
  try {
    const answer = await fetch(scan.dataset.status, { cache: "no-store" });
    if (answer.status >= 400 && answer.status < 500) {
      location.reload(); // The login is over; the page itself says so.
      return;
    }
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const { state, text } = await answer.json();
    wait = state === scan.dataset.state ? Math.min(wait * 1.25, LONGEST) : SHORTEST;
    show(state, text);
    if (state === "confirmed") goOn.submit();
    if (state !== "waiting" && state !== "scanned") return;
  } catch {
    wait = Math.min(wait * 2, LONGEST);
  }
  timer = setTimeout(ask, wait);
}

/** Changes the page without loading it again; a text that stays is not announced twice. */
function show(state, text) {
  scan.dataset.state = state;
  if (progress.textContent !== text) progress.textContent = text;
}

// Who comes back from the phone's own screen need not wait.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && timer !== undefined) {
    clearTimeout(timer);
    wait = SHORTEST;
    ask();
  }
});

timer = setTimeout(ask, wait);
