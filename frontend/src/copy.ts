/** Buttons that copy a text of the page; they show themselves only where the browser can copy. */

export function copying(): void {
  if (!navigator.clipboard) return;
  const reveal = (): void => document.querySelectorAll<HTMLButtonElement>("button.copy[hidden]").forEach((one) => (one.hidden = false));
  reveal();
  document.addEventListener("pasvik:moved", reveal);
  document.addEventListener("click", (clicked) => {
    const button = clicked.target instanceof Element ? clicked.target.closest<HTMLButtonElement>("button.copy") : null;
    const text = button && document.getElementById(button.dataset.copy ?? "")?.textContent;
    if (!button || !text) return;
    void navigator.clipboard.writeText(text.trim()).then(() => (button.textContent = button.dataset.done ?? button.textContent));
  });
}
