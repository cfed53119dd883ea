/** The card beside a mark: the same words as in the row of the board, copied from it. */
import { say, type Words } from "../words";
import type { Mark, State } from "./rows";

/** One crossing: its name, both sides, and each kind of traffic with its state. */
export function cardOf(mark: Mark): HTMLElement {
  const card = element("div", "");
  const link = mark.row.querySelector<HTMLAnchorElement>('a[href*="/crossing/"]');
  if (link) {
    const name = link.cloneNode(true) as HTMLAnchorElement;
    name.removeAttribute("id");
    card.append(name);
  }
  const sides = mark.row.querySelector(".sides");
  if (sides) card.append(sides.cloneNode(true));
  const lines = [...mark.row.querySelectorAll<HTMLElement>("tr[data-state]")];
  for (const line of lines) {
    const row = element("p", "map-line");
    const whom = element("span", "map-whom", line.querySelector(".c-whom")?.textContent?.trim() ?? "");
    const sign = line.querySelector(".state")?.cloneNode(true);
    const when = element("span", "fine", line.querySelector(".c-when")?.textContent?.replace(/\s+/g, " ").trim() ?? "");
    row.append(whom, ...(sign ? [sign] : []), when);
    card.append(row);
  }
  if (!lines.length) {
    const sign = mark.row.querySelector(".state")?.cloneNode(true);
    if (sign) card.append(sign);
  }
  return card;
}

/** A cluster: how many crossings, and how many in each state. */
export function clusterCard(counts: [State, number][], words: Words): HTMLElement {
  const card = element("div", "");
  const all = counts.reduce((sum, [, n]) => sum + n, 0);
  card.append(element("strong", "", say(words.cluster, { n: all })));
  for (const [state, n] of counts) if (n) card.append(element("p", "map-line", `${words[state] ?? state}: ${n}`));
  return card;
}

function element(tag: string, name: string, text = ""): HTMLElement {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.textContent = text;
  return made;
}
