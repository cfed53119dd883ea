/** Published totals as points over time, with uPlot. The table of counts on the same page says the same in words. */
import uPlot from "uplot";
import { dayOf, told, type Written } from "./days";
import { wordsOf } from "./words";

interface Line { label: string; points: [string, number][] }

const COLOURS = ["--link", "--closed", "--restricted", "--open", "--lapsed", "--unknown"];
const SIGNS = ["●", "■", "▲", "◆", "✕", "○"]; // the same shapes in the legend
const SHAPES = ["disc", "square", "triangle", "diamond", "cross", "ring"] as const;
const TALL = 260;

export class PasvikChart extends HTMLElement {
  private plot: uPlot | null = null;
  private readonly key = Object.assign(document.createElement("p"), { className: "key" });
  private readonly sized = new ResizeObserver(([box]) => box && this.plot?.setSize({ width: Math.round(box.contentRect.width), height: TALL }));
  private readonly dark = matchMedia("(prefers-color-scheme: dark)");
  private readonly again = (): void => this.draw();

  connectedCallback(): void {
    this.draw();
    this.sized.observe(this);
    this.dark.addEventListener("change", this.again);
  }

  disconnectedCallback(): void {
    this.sized.disconnect();
    this.dark.removeEventListener("change", this.again);
    this.plot?.destroy();
  }

  private draw(): void {
    this.plot?.destroy();
    const written = wordsOf<Written & { label: string; day: string }>(this);
    const { label, day } = written;
    const lines = (JSON.parse(this.dataset.series ?? "[]") as Line[]).slice(0, SHAPES.length);
    const style = getComputedStyle(this);
    const of = (name: string): string => style.getPropertyValue(name).trim() || "#888";
    const days = [...new Set(lines.flatMap((line) => line.points.map(([day]) => dayOf(day) ?? 0)))].sort((a, b) => a - b);
    const columns = lines.map((line) => {
      const by = new Map(line.points.map(([day, n]) => [dayOf(day) ?? 0, n]));
      return days.map((day) => by.get(day) ?? null);
    });
    this.setAttribute("role", "img");
    this.setAttribute("aria-label", `${label}. ${lines.map((line) => line.label).join(", ")}`);
    const axis = { stroke: of("--soft"), grid: { stroke: of("--rule"), width: 1 }, ticks: { stroke: of("--rule"), width: 1 }, font: "11px system-ui, sans-serif" };
    this.plot = new uPlot({
      width: this.clientWidth || 600, height: TALL,
      scales: { x: { time: false, range: (_, from, to) => (from === to ? [from - 5, to + 5] : [from - (to - from) / 30, to + (to - from) / 30]) }, y: { range: (_, __, top) => [0, top * 1.1 || 1] } },
      axes: [{ ...axis, space: 90, values: (_, ticks) => ticks.map((day) => (Number.isInteger(day) ? told(day, written) : "")) }, { ...axis, size: 64 }],
      series: [{}, ...lines.map((_, i) => {
        const colour = of(COLOURS[i] ?? "--unknown");
        return { stroke: colour, width: 1, paths: () => null, points: { show: marker(i, colour) } };
      })],
      legend: { show: false }, // the library's is a table without heads; the key below says the same
      hooks: { setCursor: [(plot) => this.point(plot.cursor.idx ?? null)] },
      cursor: { drag: { x: false, y: false }, points: { size: 10 } },
    }, [days, ...columns], this);
    this.append(this.key);
    this.point = (index) => {
      const at = index === null ? undefined : days[index];
      const parts = lines.map((line, i) => {
        const n = index === null ? null : columns[i]?.[index];
        return `${SIGNS[i] ?? ""} ${line.label}${n === null || n === undefined ? "" : `: ${n}`}`;
      });
      this.key.textContent = [...(at === undefined ? [] : [`${day}: ${told(at, written)}`]), ...parts].join("   ");
    };
    this.point(null);
  }

  /** Write the key, with the numbers of the day under the pointer. */
  private point: (index: number | null) => void = () => undefined;
}

/** Each line has a shape of its own, so that it is told without its colour. */
function marker(index: number, colour: string): uPlot.Series.Points.Show {
  return (plot, line) => {
    const { ctx } = plot;
    const size = 4.5 * devicePixelRatio;
    ctx.save();
    ctx.strokeStyle = ctx.fillStyle = colour;
    ctx.lineWidth = 1.6 * devicePixelRatio;
    plot.data[0].forEach((day, i) => {
      const n = plot.data[line]?.[i];
      if (n !== null && n !== undefined) stamp(ctx, SHAPES[index] ?? "disc", plot.valToPos(day, "x", true), plot.valToPos(n, "y", true), size);
    });
    ctx.restore();
    return false;
  };
}

function stamp(ctx: CanvasRenderingContext2D, shape: (typeof SHAPES)[number], x: number, y: number, size: number): void {
  ctx.beginPath();
  if (shape === "disc" || shape === "ring") ctx.arc(x, y, size, 0, Math.PI * 2);
  if (shape === "square") ctx.rect(x - size, y - size, size * 2, size * 2);
  if (shape === "triangle") { ctx.moveTo(x, y - size); ctx.lineTo(x + size, y + size); ctx.lineTo(x - size, y + size); ctx.closePath(); }
  if (shape === "diamond") { ctx.moveTo(x, y - size * 1.3); ctx.lineTo(x + size * 1.3, y); ctx.lineTo(x, y + size * 1.3); ctx.lineTo(x - size * 1.3, y); ctx.closePath(); }
  if (shape === "cross") { ctx.moveTo(x - size, y - size); ctx.lineTo(x + size, y + size); ctx.moveTo(x + size, y - size); ctx.lineTo(x - size, y + size); }
  if (shape === "ring" || shape === "cross") ctx.stroke();
  else ctx.fill();
}
