/** The timeline of the two clocks: slide the day that is asked about, choose what may count for it, or play the days one after another. */
import { LitElement, html, nothing, svg, type TemplateResult } from "lit";
import { dayOf, isoOf, monthsIn, told, type Written } from "./days";
import { addressWith, ask, show } from "./live";
import { say, wordsOf, type Words } from "./words";

type Mode = "then" | "hindsight" | "other";
const MODES: Mode[] = ["then", "hindsight", "other"];
const STEP_MS = 600; // a day while playing; longer where the server takes longer
const ONE_MOVEMENT_MS = 2500;
const AHEAD = 3; // days asked for before they are shown
const THUMB = 8; // half of a slider's thumb, by which its track is shorter than its box
const TALL = 30;

export class PasvikClocks extends LitElement {
  static override properties = { at: { state: true }, known: { state: true }, mode: { state: true }, stretch: { state: true }, playing: { state: true }, lost: { state: true }, days: { state: true }, wide: { state: true } };
  declare at: number;
  declare known: number;
  declare mode: Mode;
  declare stretch: string;
  declare playing: boolean;
  declare lost: boolean;
  declare days: { day: number; n: number }[];
  declare wide: number;
  private words: Words = {};
  private written: Written = { day_form: "{day} {month} {year}", months: [] };
  private today = 0;
  private wanted: { address: string; how: "push" | "replace" } | null = null;
  private busy = false;
  private timer = 0;
  private border = "";
  private readonly moved = (): void => this.look();
  private readonly again = (): void => void (this.lost && this.move("replace"));
  private readonly sized = new ResizeObserver(([box]) => (this.wide = Math.round(box?.contentRect.width ?? 600)));

  override createRenderRoot(): HTMLElement {
    return this; // in the page itself, so that its style and its theme hold here too
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.words = wordsOf(this);
    this.written = wordsOf<Written>(this);
    this.today = dayOf(this.dataset.today) ?? Math.floor(Date.now() / 86_400_000);
    this.days = [];
    this.playing = this.lost = false;
    this.wide = 600;
    this.look();
    this.stretch = this.fitting();
    void this.count();
    document.addEventListener("pasvik:moved", this.moved);
    addEventListener("online", this.again);
  }

  override firstUpdated(): void {
    this.sized.observe(this.querySelector(".film") as Element);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.halt();
    this.sized.disconnect();
    document.removeEventListener("pasvik:moved", this.moved);
    removeEventListener("online", this.again);
  }

  /** Read the clocks from the address: it is the truth, whoever moved the page. */
  private look(): void {
    if (this.wanted) return; // the hand is already further than what was just drawn
    const asked = new URL(location.href).searchParams;
    const at = dayOf(asked.get("at"));
    const known = dayOf(asked.get("known"));
    this.at = at ?? this.today;
    if (known === null) this.mode = "hindsight";
    else if (this.mode !== "other" || known !== this.known) this.mode = known === this.at ? "then" : "other";
    this.known = known ?? Math.min(this.at, this.today);
    this.lost = false;
    if (this.stretch && !this.inside(this.at)) this.stretch = this.fitting();
    if (this.border !== (asked.get("border") ?? "")) void this.count();
  }

  /** How much was said on each day; the timeline stands without it. */
  private async count(): Promise<void> {
    this.border = new URL(location.href).searchParams.get("border") ?? "";
    try {
      const answer = await fetch(`/timeline.json${this.border ? `?border=${encodeURIComponent(this.border)}` : ""}`);
      const found = (await answer.json()) as { days?: { day: string; told: number }[] };
      this.days = (found.days ?? []).flatMap((one) => (dayOf(one.day) === null ? [] : [{ day: dayOf(one.day) as number, n: one.told }]));
    } catch { /* no bars, then */ }
  }

  private stretches(): Map<string, [number, number]> {
    const found = new Map<string, [number, number]>();
    for (const [name, from, to] of JSON.parse(this.dataset.stretches ?? "[]") as [string, string, string][]) {
      found.set(name, [dayOf(from) ?? 0, dayOf(to) ?? 0]);
    }
    found.set("months_3", [this.today - 90, this.today + 30]);
    found.set("whole", [Math.min(this.days[0]?.day ?? this.today - 3650, this.at, this.known), Math.max(this.today + 90, this.at, this.known)]);
    return found;
  }

  private span(): [number, number] {
    return this.stretches().get(this.stretch) ?? [this.today - 90, this.today + 30];
  }

  private inside(day: number): boolean {
    const [from, to] = this.span();
    return from <= day && day <= to;
  }

  private fitting(): string {
    for (const [name, [from, to]] of this.stretches()) if (from <= this.at && this.at <= to) return name;
    return "whole";
  }

  private address(at = this.at): string {
    const known = this.mode === "then" ? isoOf(at) : this.mode === "hindsight" ? null : isoOf(this.known);
    return addressWith({ at: isoOf(at), known, basis: null });
  }

  /** One question at a time: while the server draws, only the newest wish is kept, so a fast hand never waits for old days. */
  private move(how: "push" | "replace"): void {
    this.wanted = { address: this.address(), how: this.wanted?.how === "push" ? "push" : how };
    if (!this.busy) void this.work();
  }

  private async work(): Promise<void> {
    this.busy = true;
    while (this.wanted) {
      const { address, how } = this.wanted;
      this.wanted = null;
      try {
        await show(address, how);
        if (!this.wanted && this.toward) ask(this.address(this.at + this.toward)).catch(() => null); // the next day, should the hand go on
      } catch {
        this.lost = true;
        this.halt();
      }
    }
    this.busy = false;
  }

  private slide(which: "at" | "known", moved: Event): void {
    const day = Number((moved.target as HTMLInputElement).value);
    if (day === (which === "at" ? this.at : this.mode === "then" ? this.at : this.known)) return;
    // One movement of the hand is one step of the browser's history, however many days it slides over.
    const goesOn = performance.now() - this.slid < ONE_MOVEMENT_MS;
    this.slid = performance.now();
    this.halt();
    this.toward = which === "at" ? Math.sign(day - this.at) : 0;
    this[which] = day;
    if (which === "known") this.mode = "other";
    this.move(goesOn ? "replace" : "push");
  }

  private slid = -Infinity;
  private toward = 0; // the direction of the hand: +1 a later day, -1 an earlier one

  private choose(mode: Mode): void {
    this.mode = mode;
    if (mode === "other" && this.known === this.at) this.known = this.at - 5;
    this.move("push");
  }

  private reach(chosen: Event): void {
    this.stretch = (chosen.target as HTMLSelectElement).value;
    const [from, to] = this.span();
    if (this.inside(this.at)) return;
    this.at = this.at < from ? from : to;
    this.move("push");
  }

  private play(): void {
    if (this.playing) return this.halt();
    const [from, to] = this.span();
    const last = Math.min(to, this.mode === "then" ? this.today : to);
    if (this.at >= last) this.at = from - 1;
    this.playing = true;
    let first = true;
    const tick = async (): Promise<void> => {
      const began = performance.now();
      this.at += 1;
      this.move(first ? "push" : "replace");
      first = false;
      for (let n = 1; n <= AHEAD && this.at + n <= last; n++) ask(this.address(this.at + n)).catch(() => null);
      await ask(this.address()).catch(() => null);
      if (!this.playing) return;
      if (this.at >= last) return this.halt();
      this.timer = window.setTimeout(() => void tick(), Math.max(60, STEP_MS - (performance.now() - began)));
    };
    void tick();
  }

  private halt(): void {
    clearTimeout(this.timer);
    this.playing = false;
  }

  override render(): TemplateResult {
    const [from, to] = this.span();
    return html`
      <div class="reel">
        <button type="button" class="play" @click=${() => this.play()}><span aria-hidden="true">${this.playing ? "■" : "▶"}</span> ${this.playing ? this.words.stop : this.words.play}</button>
        <p class="says" aria-live=${this.playing ? "off" : "polite"}>${this.sentence()}</p>
        <label class="reach">${this.words.stretch}
          <select @change=${(chosen: Event) => this.reach(chosen)}>${[...this.stretches().keys()].map((name) => html`<option value=${name} ?selected=${name === this.stretch}>${this.words[name] ?? name}</option>`)}</select></label>
      </div>
      ${this.lost ? html`<p class="lost" role="alert">${say(this.words.lost, { at: told(this.shownAt(), this.written) })}</p>` : nothing}
      <div class="tracks">
        <label for="slide-at">${this.words.holds}</label>${this.slider("at", from, to)}
        <div class="film">${this.picture(from, to)}</div>
        ${this.mode === "hindsight" ? nothing : html`<label for="slide-known">${this.words.known}</label>${this.slider("known", from, to)}`}
      </div>
      <fieldset class="modes"><legend class="hidden">${this.words.mode}</legend>
        ${MODES.map((mode) => html`<label><input type="radio" name="clock-mode" .checked=${this.mode === mode} @change=${() => this.choose(mode)}> ${this.words[mode]}</label>`)}
      </fieldset>`;
  }

  private slider(which: "at" | "known", from: number, to: number): TemplateResult {
    const day = which === "known" && this.mode === "then" ? this.at : this[which];
    return html`<input type="range" id=${`slide-${which}`} class=${which} min=${from} max=${to} step="1" .value=${String(Math.min(to, Math.max(from, day)))}
      aria-valuetext=${told(day, this.written)} @input=${(moved: Event) => this.slide(which, moved)}>`;
  }

  private sentence(): string {
    const fill = { at: told(this.at, this.written), known: told(this.known, this.written) };
    if (this.mode === "hindsight") return say(this.words.says_hindsight, fill);
    if (this.mode === "then" || this.known === this.at) return say(this.words.says_then, fill);
    return say(this.known < this.at ? this.words.says_before : this.words.says_after, fill);
  }

  private shownAt(): number {
    return dayOf(new URL(location.href).searchParams.get("at")) ?? this.today;
  }

  /** Bars for what was said on each day, months below, and a line at each clock. */
  private picture(from: number, to: number): TemplateResult {
    const x = (day: number): number => THUMB + ((day - from) / Math.max(1, to - from)) * (this.wide - 2 * THUMB);
    const most = Math.log1p(Math.max(1, ...this.days.map((one) => one.n)));
    const bar = Math.max(1, (this.wide - 2 * THUMB) / (to - from) - 1);
    const clocks: [string, number][] = [["at", this.at], ...(this.mode === "hindsight" ? [] : [["known", this.mode === "then" ? this.at : this.known] as [string, number]])];
    return html`<svg class="ticks" width=${this.wide} height=${TALL + 14} viewBox="0 0 ${this.wide} ${TALL + 14}" role="img" aria-label=${this.words.ticks ?? ""}>
      <path class="axis" d="M0 ${TALL}H${this.wide}"></path>
      ${this.days.filter((one) => one.day >= from && one.day <= to).map((one) => {
        const tall = 3 + (Math.log1p(one.n) / most) * (TALL - 5);
        return svg`<rect class="told" x=${(x(one.day) - bar / 2).toFixed(1)} y=${(TALL - tall).toFixed(1)} width=${bar.toFixed(1)} height=${tall.toFixed(1)}></rect>`;
      })}
      ${monthsIn(from, to, this.written.months, Math.floor(this.wide / 70)).map((one) => svg`<path class="axis" d="M${x(one.day).toFixed(1)} ${TALL}v4"></path><text x=${(x(one.day) + 3).toFixed(1)} y=${TALL + 12}>${one.label}</text>`)}
      ${clocks.filter(([, day]) => day >= from && day <= to).map(([name, day]) => svg`<path class="hand ${name}" d="M${x(day).toFixed(1)} 0V${TALL + 4}"></path>`)}
    </svg>`;
  }
}
