/** Draws the marks: two halves, one for each side, each with the shape and the colour of its state; and the pill that counts a cluster. */
import { STATES, type State } from "./rows";

const RATIO = 2; // pixels of the picture to one of the screen
const HALF = 15;
const TALL = 20;

export type Colours = Record<State | "card" | "ink" | "soft" | "rule" | "land" | "water" | "line" | "name", string>;

/** The colours of the page, which follow its theme. */
export function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element);
  const of = (name: string): string => style.getPropertyValue(`--${name}`).trim() || "#888";
  return {
    open: of("open"), restricted: of("restricted"), closed: of("closed"), lapsed: of("lapsed"), unknown: of("unknown"), card: of("card"),
    ink: of("ink"), soft: of("soft"), rule: of("strong-rule"), land: of("map-land"), water: of("map-water"), line: of("map-line"), name: of("map-name"),
  };
}

/** A two-sided mark. */
export function drawMark(left: State, right: State, colours: Colours): ImageData {
  const wide = HALF * 2 + 4;
  const pen = sheet(wide, TALL + 4);
  plate(pen, 1, 1, wide - 2, TALL + 2, colours);
  shape(pen, left, 2 + HALF / 2, TALL / 2 + 2, colours);
  shape(pen, right, 2 + HALF * 1.5, TALL / 2 + 2, colours);
  pen.strokeStyle = colours.rule;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.moveTo(wide / 2, 4);
  pen.lineTo(wide / 2, TALL);
  pen.stroke();
  return pen.getImageData(0, 0, pen.canvas.width, pen.canvas.height);
}

/** A crossing of which nothing is on record: a small ring, so that it does not shout. */
export function drawSilent(colours: Colours): ImageData {
  const pen = sheet(12, 12);
  pen.beginPath();
  pen.arc(6, 6, 4, 0, Math.PI * 2);
  pen.fillStyle = colours.card;
  pen.fill();
  pen.setLineDash([2, 1.6]);
  pen.lineWidth = 1.4;
  pen.strokeStyle = colours.unknown;
  pen.stroke();
  return pen.getImageData(0, 0, pen.canvas.width, pen.canvas.height);
}

/** A cluster: each state's shape with the number of crossings in it. counts: in the order of STATES. */
export function drawCluster(counts: readonly number[], colours: Colours): ImageData {
  const told = STATES.map((state, i) => ({ state, n: counts[i] ?? 0 })).filter((one) => one.n > 0);
  const font = '600 12px "Noto Sans", system-ui, sans-serif';
  const measuring = sheet(1, 1);
  measuring.font = font;
  const widths = told.map((one) => 17 + Math.ceil(measuring.measureText(String(one.n)).width) + 5);
  const wide = widths.reduce((sum, one) => sum + one, 4);
  const pen = sheet(wide, TALL + 4);
  plate(pen, 1, 1, wide - 2, TALL + 2, colours, 11);
  pen.font = font;
  pen.textBaseline = "middle";
  let x = 4;
  told.forEach((one, i) => {
    shape(pen, one.state, x + 8, TALL / 2 + 2, colours);
    pen.fillStyle = colours.ink;
    pen.fillText(String(one.n), x + 17, TALL / 2 + 2.5);
    x += widths[i] ?? 0;
  });
  return pen.getImageData(0, 0, pen.canvas.width, pen.canvas.height);
}

function sheet(wide: number, tall: number): CanvasRenderingContext2D {
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(wide * RATIO);
  canvas.height = Math.ceil(tall * RATIO);
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) throw new Error("no canvas");
  pen.scale(RATIO, RATIO);
  return pen;
}

export const PIXEL_RATIO = RATIO;

function plate(pen: CanvasRenderingContext2D, x: number, y: number, wide: number, tall: number, colours: Colours, round = 5): void {
  pen.beginPath();
  pen.roundRect(x, y, wide, tall, round);
  pen.fillStyle = colours.card;
  pen.fill();
  pen.lineWidth = 1.3;
  pen.strokeStyle = colours.ink;
  pen.stroke();
}

/** The same shapes as in the words of the board: disc, triangle, hourglass, square, broken ring. */
function shape(pen: CanvasRenderingContext2D, state: State, x: number, y: number, colours: Colours): void {
  pen.save();
  pen.translate(x, y);
  pen.fillStyle = pen.strokeStyle = colours[state];
  pen.lineCap = pen.lineJoin = "round";
  pen.beginPath();
  if (state === "open") pen.arc(0, 0, 5.6, 0, Math.PI * 2);
  if (state === "closed") pen.roundRect(-5.4, -5.4, 10.8, 10.8, 1);
  if (state === "restricted") path(pen, [[0, -5.8], [6, 5], [-6, 5]]);
  if (state === "lapsed") path(pen, [[-4.6, -5.6], [4.6, -5.6], [1.2, 0], [4.6, 5.6], [-4.6, 5.6], [-1.2, 0]]);
  if (state === "unknown") {
    pen.arc(0, 0, 4.6, 0, Math.PI * 2);
    pen.setLineDash([2.2, 1.8]);
    pen.lineWidth = 1.4;
    pen.stroke();
  } else pen.fill();
  pen.strokeStyle = colours.card;
  pen.lineWidth = 1.6;
  pen.beginPath();
  if (state === "open") path(pen, [[-2.8, 0.2], [-0.8, 2.2], [2.9, -2.1]], false);
  if (state === "closed") path(pen, [[-2.9, 0], [2.9, 0]], false);
  if (state === "restricted") path(pen, [[0, -1.4], [0, 1.6]], false);
  if (state !== "unknown" && state !== "lapsed") pen.stroke();
  pen.restore();
}

function path(pen: CanvasRenderingContext2D, points: [number, number][], closed = true): void {
  points.forEach(([x, y], i) => (i ? pen.lineTo(x, y) : pen.moveTo(x, y)));
  if (closed) pen.closePath();
}
