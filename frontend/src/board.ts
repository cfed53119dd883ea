/** What the board page adds when JavaScript runs: it moves in place, and has a map. */
import { listen } from "./live";
import { PasvikMap } from "./map/element";

listen();
unfold();
customElements.define("pasvik-map", PasvikMap);

/** The map stands open where there is room beside the board, or where the reader left it open; it is remembered on this machine alone. */
function unfold(): void {
  const box = document.getElementById("map-box");
  if (!(box instanceof HTMLDetailsElement)) return;
  const kept = remembered();
  box.open = kept ? kept === "open" : matchMedia("(min-width: 82rem)").matches;
  box.addEventListener("toggle", () => {
    try {
      localStorage.setItem("pasvik-map", box.open ? "open" : "shut");
    } catch { /* a browser that keeps nothing starts anew each time */ }
  });
}

function remembered(): string | null {
  try {
    return localStorage.getItem("pasvik-map");
  } catch {
    return null;
  }
}
