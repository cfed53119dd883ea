/** Parts that fold away: open where there is room, or as the reader left them. What was chosen is remembered on the reader's machine alone. */

export function unfold(id: string, room: string): void {
  const box = document.getElementById(id);
  if (!(box instanceof HTMLDetailsElement)) return;
  const kept = remembered(id);
  box.open = kept ? kept === "open" : matchMedia(room).matches;
  box.querySelector("summary")?.addEventListener("click", () => {
    try {
      localStorage.setItem(`pasvik-${id}`, box.open ? "shut" : "open"); // the click comes before the change
    } catch { /* a browser that keeps nothing starts anew each time */ }
  });
}

function remembered(id: string): string | null {
  try {
    return localStorage.getItem(`pasvik-${id}`);
  } catch {
    return null;
  }
}
