/** The marks of the map, read from the rows of the board: one crossing with the state of each side, exactly as the page shows it. */

export const STATES = ["open", "restricted", "lapsed", "closed", "unknown"] as const;
export type State = (typeof STATES)[number];

/** id: of the crossing; left and right: the state of the covered and of the other side; row: the element it was read from. */
export interface Mark { id: string; lon: number; lat: number; state: State; left: State; right: State; row: HTMLElement }

/** Every element with data-place is one mark; its lines (data-state, data-sides) come in the order of the board, the first speaks for it. */
export function marksIn(root: ParentNode): Mark[] {
  const found: Mark[] = [];
  for (const row of root.querySelectorAll<HTMLElement>("[data-place]")) {
    const [lon, lat] = (row.dataset.at ?? "").split(",").map(Number);
    if (lon === undefined || lat === undefined || !Number.isFinite(lon) || !Number.isFinite(lat) || !row.dataset.at) continue;
    const line = row.matches("[data-state]") ? row : row.querySelector<HTMLElement>("[data-state]");
    const state = stateOf(line?.dataset.state);
    const sides = new Map((line?.dataset.sides ?? "").split(" ").filter(Boolean).map((one) => one.split("=") as [string, string]));
    const [a, b] = (row.dataset.countries ?? "").split(",");
    found.push({ id: row.dataset.place ?? "", lon, lat, state, left: stateOf(sides.get(a ?? "")), right: stateOf(sides.get(b ?? "")), row });
  }
  return found;
}

function stateOf(word: string | undefined): State {
  return STATES.find((state) => state === word) ?? "unknown";
}
