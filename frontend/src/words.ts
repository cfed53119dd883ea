/** The texts of an element in the language of the page: the server writes them into data-words as JSON. */

export type Words = Record<string, string>;

export function wordsOf<T = Words>(element: HTMLElement): T {
  return JSON.parse(element.dataset.words ?? "{}") as T;
}

/** A text with its values filled in: {name} stands for a value. */
export function say(text: string | undefined, fill: Record<string, string | number> = {}): string {
  return (text ?? "").replace(/\{(\w+)\}/g, (whole, name: string) => (name in fill ? String(fill[name]) : whole));
}
