/** The map of the crossings. It shows what the rows of the page say, and moves when they do; without WebGL it says so and steps aside. */
import type { FeatureCollection } from "geojson";
import type { FitBoundsOptions, GeoJSONSource, Map as GlMap, MapGeoJSONFeature, MapLayerMouseEvent } from "maplibre-gl";
import { addressWith, go } from "../live";
import { say, wordsOf, type Words } from "../words";
import { cardOf, clusterCard } from "./card";
import { PIXEL_RATIO, coloursOf, drawCluster, drawMark, drawSilent, type Colours } from "./draw";
import { STATES, marksIn, type Mark } from "./rows";
import { BOUNDS, FONT, styleOf } from "./style";

const CLUSTER = Object.fromEntries(STATES.map((state) => [state, ["+", ["case", ["==", ["get", "state"], state], 1, 0]]]));
type Library = typeof import("maplibre-gl");

export class PasvikMap extends HTMLElement {
  map: GlMap | null = null;
  private words: Words = {};
  private marks = new Map<string, Mark>();
  private framed = "";
  private begun = false;
  private lane: HTMLSelectElement | null = null;
  private card: HTMLElement = document.createElement("div");
  private readonly moved = (): void => this.refresh();
  private readonly dark = matchMedia("(prefers-color-scheme: dark)");

  connectedCallback(): void {
    this.words = wordsOf(this);
    // The board is what people came for: the map is fetched once the page stands and the map is in sight.
    const seen = new IntersectionObserver((all) => {
      if (all.some((one) => one.isIntersecting)) begin();
    });
    const begin = (): void => {
      if (this.begun) return;
      this.begun = true;
      seen.disconnect();
      const open = (): void => void this.open();
      if ("requestIdleCallback" in window) requestIdleCallback(open, { timeout: 300 }); // a page that is never idle gets its map as well
      else setTimeout(open);
    };
    seen.observe(this);
    // What a closed fold hides is not seen to come into sight by every browser, so the fold tells it too.
    const fold = this.closest("details");
    fold?.addEventListener("toggle", () => fold.open && begin());
    document.addEventListener("pasvik:moved", this.moved);
  }

  disconnectedCallback(): void {
    document.removeEventListener("pasvik:moved", this.moved);
    this.map?.remove();
    this.map = null;
  }

  private async open(): Promise<void> {
    if (!hasWebGl()) return this.tell(this.words.no_webgl);
    try {
      const [library, { Protocol }] = await Promise.all([import("maplibre-gl"), import("pmtiles"), styleSheet(), ...[...document.fonts].map((font) => font.load().catch(() => null))]);
      library.setWorkerUrl("/static/vendor/maplibre-gl-worker.mjs");
      if (!registered) library.addProtocol("pmtiles", new Protocol().tile);
      registered = true;
      this.start(library);
    } catch {
      this.tell(this.words.lost);
    }
  }

  private start(library: Library): void {
    const box = document.createElement("div");
    box.className = "map-canvas";
    this.replaceChildren(box, ...this.chooser(), this.card, this.note());
    this.card.className = "map-card";
    this.card.hidden = true;
    const map = new library.Map({
      container: box, style: styleOf(this.colours(), this.names()), bounds: this.box() ?? BOUNDS, fitBoundsOptions: this.fitting(), maxBounds: BOUNDS,
      minZoom: 2, maxZoom: 11, attributionControl: false, fadeDuration: 0, dragRotate: false, pitchWithRotate: false, touchPitch: false,
      renderWorldCopies: false, cooperativeGestures: this.hasAttribute("inset"),
      locale: {
        "NavigationControl.ZoomIn": this.words.zoom_in ?? "", "NavigationControl.ZoomOut": this.words.zoom_out ?? "", "Map.Title": this.words.canvas ?? "",
        "CooperativeGesturesHandler.WindowsHelpText": this.words.two_keys ?? "", "CooperativeGesturesHandler.MacHelpText": this.words.two_keys ?? "",
        "CooperativeGesturesHandler.MobileHelpText": this.words.two_fingers ?? "",
      },
    });
    this.map = map;
    map.touchZoomRotate.disableRotation();
    map.addControl(new library.NavigationControl({ showCompass: false }), "top-right");
    map.setMissingStyleImageResolver((id) => this.draw(id));
    map.on("load", () => this.lay());
    map.on("idle", () => (this.dataset.ready = "yes"));
    map.on("mousemove", (moved) => this.hover(map.queryRenderedFeatures(moved.point, { layers: this.layers() })[0]));
    map.on("mouseout", () => this.hide());
    map.on("movestart", () => this.hide());
    map.on("click", (clicked) => this.pressed(clicked));
    this.dark.addEventListener("change", () => map.setStyle(styleOf(this.colours(), this.names()), { diff: false }).once("styledata", () => this.lay()));
  }

  private lay(): void {
    const map = this.map;
    if (!map || map.getSource("marks")) return;
    map.addSource("marks", {
      type: "geojson", data: this.shown(), cluster: !this.hasAttribute("inset"), clusterRadius: 46, clusterMaxZoom: 7, clusterProperties: CLUSTER as never,
    });
    const kind = ["case", ["has", "point_count"], ["concat", "c", ...STATES.flatMap((state) => ["/", ["get", state]])],
      ["all", ["==", ["get", "left"], "unknown"], ["==", ["get", "right"], "unknown"], ["==", ["get", "state"], "unknown"]], "silent",
      ["concat", "m/", ["get", "left"], "/", ["get", "right"]]];
    map.addLayer({
      id: "marks", type: "symbol", source: "marks",
      layout: {
        "icon-image": kind as never, "icon-allow-overlap": true, "icon-ignore-placement": false,
        "symbol-sort-key": ["case", ["==", ["get", "state"], "unknown"], 0, 1],
      },
    });
    map.addLayer({
      id: "names", type: "symbol", source: "marks", minzoom: 6, filter: ["!", ["has", "point_count"]],
      layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 11, "text-anchor": "top", "text-offset": [0, 1], "text-optional": true },
      paint: { "text-color": this.colours().ink, "text-halo-color": this.colours().land, "text-halo-width": 1.4 },
    });
    this.framed = this.frame();
  }

  /** The rows have changed: draw them, and look at another stretch only where another border is asked for. */
  private refresh(): void {
    if (this.lane) this.lane.value = new URL(location.href).searchParams.get("lane") ?? "";
    const source = this.map?.getSource("marks") as GeoJSONSource | undefined;
    if (!source || !this.map) return;
    delete this.dataset.ready;
    this.hide();
    source.setData(this.shown());
    if (this.framed !== this.frame()) {
      this.framed = this.frame();
      const box = this.box();
      if (box) this.map.fitBounds(box, { ...this.fitting(), animate: false });
    }
  }

  private shown(): FeatureCollection {
    this.marks = new Map(marksIn(document).map((mark) => [mark.id, mark]));
    return {
      type: "FeatureCollection",
      features: [...this.marks.values()].map((mark) => ({
        type: "Feature", geometry: { type: "Point", coordinates: [mark.lon, mark.lat] },
        properties: { id: mark.id, state: mark.state, left: mark.left === "unknown" && mark.right === "unknown" ? mark.state : mark.left, right: mark.right, name: mark.row.dataset.name ?? "" },
      })),
    };
  }

  private frame(): string {
    return new URL(location.href).searchParams.get("border") ?? "";
  }

  private box(): [number, number, number, number] | null {
    const marks = marksIn(document);
    if (!marks.length) return null;
    const lons = marks.map((mark) => mark.lon);
    const lats = marks.map((mark) => mark.lat);
    return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
  }

  private fitting(): FitBoundsOptions {
    const inset = this.hasAttribute("inset");
    const below = this.querySelector<HTMLElement>(".map-note")?.offsetHeight ?? 40; // the note lies over the lower edge
    return { padding: { top: 34, left: 40, right: 40, bottom: below + 24 }, maxZoom: inset ? 6.6 : 8 };
  }

  private draw(id: string): void {
    const map = this.map;
    if (!map || map.hasImage(id)) return;
    const [kind, ...rest] = id.split("/");
    const colours = this.colours();
    const drawn = kind === "c" ? drawCluster(rest.map(Number), colours)
      : kind === "m" ? drawMark(rest[0] as Mark["left"], rest[1] as Mark["right"], colours) : drawSilent(colours);
    map.addImage(id, drawn, { pixelRatio: PIXEL_RATIO });
  }

  private layers(): string[] {
    return this.map?.getLayer("marks") ? ["marks"] : [];
  }

  private hover(over: MapGeoJSONFeature | undefined): void {
    const map = this.map;
    if (!map) return;
    map.getCanvas().style.cursor = over ? "pointer" : "";
    if (!over || over.geometry.type !== "Point") return this.hide();
    const mark = this.marks.get(String(over.properties.id));
    if (mark && !mark.row.childElementCount) return; // its own page: the words stand beside the map
    const drawn = over.properties.point_count ? clusterCard(STATES.map((state) => [state, Number(over.properties[state])]), this.words) : mark ? cardOf(mark) : null;
    if (!drawn) return this.hide();
    this.card.replaceChildren(drawn);
    this.card.hidden = false;
    const at = map.project(over.geometry.coordinates as [number, number]);
    const { offsetWidth: wide, offsetHeight: tall } = this.card;
    this.card.style.left = `${Math.max(4, Math.min(this.clientWidth - wide - 4, at.x - wide / 2))}px`;
    this.card.style.top = `${at.y + 16 + tall > this.clientHeight ? Math.max(4, at.y - tall - 16) : at.y + 16}px`;
  }

  private hide(): void {
    this.card.hidden = true;
  }

  private pressed(clicked: MapLayerMouseEvent | { point: MapLayerMouseEvent["point"] }): void {
    const map = this.map;
    const over = map?.queryRenderedFeatures(clicked.point, { layers: this.layers() })[0];
    if (!map || !over || over.geometry.type !== "Point") return;
    const at = over.geometry.coordinates as [number, number];
    if (over.properties.point_count) {
      const source = map.getSource("marks") as GeoJSONSource;
      void source.getClusterExpansionZoom(Number(over.properties.cluster_id)).then((zoom) => map.easeTo({ center: at, zoom: zoom + 0.2 }));
      return;
    }
    const link = this.marks.get(String(over.properties.id))?.row.querySelector<HTMLAnchorElement>('a[href*="/crossing/"]');
    // A finger cannot hover: the first touch shows the card with its link, which a second touch follows.
    if (link && matchMedia("(hover: none)").matches && this.card.hidden) this.hover(over);
    else if (link) location.assign(link.href);
  }

  /** The kind of traffic, beside the map as well: it is the filter of the board, so both show the same lane. */
  private chooser(): HTMLElement[] {
    const filter = document.querySelector<HTMLSelectElement>(".filters select[name=lane]");
    if (!filter) return [];
    const label = document.createElement("label");
    label.className = "map-lane";
    const select = filter.cloneNode(true) as HTMLSelectElement;
    select.id = "map-lane";
    select.removeAttribute("name");
    label.append(Object.assign(document.createElement("span"), { className: "hidden", textContent: filter.labels?.[0]?.textContent ?? "" }), select);
    select.addEventListener("change", () => go(addressWith({ lane: select.value || null })));
    this.lane = select;
    return [label];
  }

  private note(): HTMLElement {
    const note = document.createElement("p");
    note.className = "map-note";
    note.textContent = say(this.words.note);
    return note;
  }

  private tell(text: string | undefined): void {
    const told = document.createElement("p");
    told.className = "map-none";
    told.setAttribute("role", "note");
    told.textContent = text ?? "";
    this.replaceChildren(told);
    this.dataset.ready = "none";
  }

  private colours(): Colours {
    return coloursOf(this);
  }

  private names(): Record<string, string> {
    return wordsOf<{ countries?: Record<string, string> }>(this).countries ?? {};
  }
}

let registered = false;

function hasWebGl(): boolean {
  return Boolean(document.createElement("canvas").getContext("webgl2"));
}

function styleSheet(): Promise<void> {
  return new Promise((done, failed) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: "/static/vendor/maplibre-gl.css" });
    link.onload = () => done();
    link.onerror = () => failed(new Error("no style sheet"));
    document.head.append(link);
  });
}
