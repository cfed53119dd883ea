/** Moves the page to another address without a reload. The server draws the page; what is marked data-live is put in place of the old. */

const FRESH_MS = 60_000; // an answer is used again for so long
const MOST = 80; // answers kept for stepping back and forth
const PARTS = "data-live";

interface Answer { html: string; address: string }

const kept = new Map<string, { told: Promise<Answer>; since: number }>();
let latest = 0;
let drawnAt = location.pathname + location.search;

/** Ask for the page at an address, or take the answer of a moment ago. */
export function ask(address: string): Promise<Answer> {
  const known = kept.get(address);
  if (known && performance.now() - known.since < FRESH_MS) return known.told;
  const told = fetch(address, { headers: { accept: "text/html" } }).then(async (answer) => {
    if (!answer.ok) throw new Error(String(answer.status));
    return { html: await answer.text(), address: answer.url };
  });
  told.catch(() => kept.delete(address));
  kept.set(address, { told, since: performance.now() });
  if (kept.size > MOST) kept.delete(kept.keys().next().value as string);
  return told;
}

/**
 * Show the page at an address. how: push a new entry on the history, replace the present one, or leave the history alone.
 * Answers that arrive after a later one was asked for are dropped. True when shown, false when overtaken; throws when nothing was answered.
 */
export async function show(address: string, how: "push" | "replace" | "leave"): Promise<boolean> {
  const mine = ++latest;
  const answer = await ask(address);
  if (mine !== latest) return false;
  const at = new URL(answer.address);
  if (at.pathname !== new URL(address, location.href).pathname) {
    location.assign(answer.address); // led elsewhere, to sign in for one: that is for the browser
    return false;
  }
  const drawn = new DOMParser().parseFromString(answer.html, "text/html");
  swap(drawn);
  drawnAt = at.pathname + at.search;
  const shown = at.pathname + at.search + new URL(address, location.href).hash;
  if (how === "push") history.pushState(null, "", shown);
  if (how === "replace") history.replaceState(null, "", shown);
  document.dispatchEvent(new CustomEvent("pasvik:moved"));
  return true;
}

function swap(drawn: Document): void {
  const focused = document.activeElement;
  const opened = new Set([...document.querySelectorAll<HTMLDetailsElement>("details[open][id]")].map((one) => one.id));
  document.title = drawn.title;
  for (const old of document.querySelectorAll(`[${PARTS}]`)) {
    const fresh = drawn.querySelector(`[${PARTS}="${old.getAttribute(PARTS)}"]`);
    if (fresh) old.replaceWith(document.adoptNode(fresh));
  }
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
  if (focused instanceof HTMLElement && !focused.isConnected) refocus(focused);
}

/** Put the focus where it was: on the element of the same id, or the link to the same path. */
function refocus(lost: HTMLElement): void {
  const path = lost instanceof HTMLAnchorElement ? lost.pathname + lost.hash : null;
  const same = (lost.id && document.getElementById(lost.id))
    || (path && [...document.querySelectorAll<HTMLAnchorElement>("main a")].find((one) => one.pathname + one.hash === path && one.textContent === lost.textContent));
  if (same instanceof HTMLElement) same.focus({ preventScroll: true });
}

/** The present address with some of its parameters changed; null takes one away. */
export function addressWith(changes: Record<string, string | null>): string {
  const there = new URL(location.href);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) there.searchParams.delete(name);
    else there.searchParams.set(name, value);
  }
  there.hash = "";
  return there.pathname + there.search;
}

/** Go there; where the server cannot be reached in place, let the browser try and tell. */
export function go(address: string): void {
  show(address, "push").catch(() => location.assign(address));
}

/** Let links and forms inside live parts, and the browser's back button, move the page in place. */
export function listen(): void {
  document.addEventListener("click", (clicked) => {
    const link = clicked.target instanceof Element ? clicked.target.closest<HTMLAnchorElement>(`[${PARTS}] .jumps a, [${PARTS}] .banner a, [${PARTS}] a.clear`) : null;
    if (!link || clicked.defaultPrevented || clicked.button || clicked.ctrlKey || clicked.metaKey || clicked.shiftKey || clicked.altKey) return;
    if (link.pathname !== location.pathname || link.origin !== location.origin) return;
    clicked.preventDefault();
    go(link.pathname + link.search);
  });
  document.addEventListener("submit", (sent) => {
    const form = sent.target;
    if (!(form instanceof HTMLFormElement) || !form.closest(`[${PARTS}]`) || !form.matches(".filters, .dials")) return;
    sent.preventDefault();
    go(addressOf(form));
  });
  document.addEventListener("change", (changed) => {
    const form = changed.target instanceof HTMLSelectElement ? changed.target.form : null;
    if (form?.matches(`.filters`) && form.closest(`[${PARTS}]`)) go(addressOf(form));
  });
  addEventListener("popstate", () => {
    if (location.pathname + location.search === drawnAt) return; // only another place on the same page
    if (location.pathname === started) show(location.pathname + location.search, "leave").catch(() => location.reload());
  });
}

const started = location.pathname;

function addressOf(form: HTMLFormElement): string {
  const asked = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && value) asked.append(name, value);
  const path = new URL(form.action).pathname;
  return asked.size ? `${path}?${asked}` : path;
}
