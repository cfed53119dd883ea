/** How the base map looks: land, water, lines between states (dashed where they are disputed) and names, in the colours of the page. */
import type { StyleSpecification } from "maplibre-gl";
import type { Colours } from "./draw";

export const FONT = ["Noto Sans"];
/** The shapes reach no further (see REGION in basemap/make.mjs): west, south, east, north. */
export const BOUNDS: [number, number, number, number] = [-11.5, 38.5, 63.5, 73.8];

/** names: of countries by code, in the language of the page. */
export function styleOf(colours: Colours, names: Record<string, string>): StyleSpecification {
  const told = Object.entries(names).flat();
  return {
    version: 8,
    sources: { base: { type: "vector", url: `pmtiles://${location.origin}/static/map/base.pmtiles` } },
    layers: [
      { id: "water", type: "background", paint: { "background-color": colours.water } },
      { id: "land", type: "fill", source: "base", "source-layer": "land", paint: { "fill-color": colours.land, "fill-antialias": true } },
      { id: "coast", type: "line", source: "base", "source-layer": "land", paint: { "line-color": colours.line, "line-width": 0.4, "line-opacity": 0.6 } },
      {
        id: "line", type: "line", source: "base", "source-layer": "line", filter: ["==", ["get", "kind"], "plain"],
        paint: { "line-color": colours.line, "line-width": ["interpolate", ["linear"], ["zoom"], 3, 0.8, 7, 1.6] },
      },
      {
        id: "disputed", type: "line", source: "base", "source-layer": "line", filter: ["==", ["get", "kind"], "disputed"],
        paint: { "line-color": colours.line, "line-width": ["interpolate", ["linear"], ["zoom"], 3, 1, 7, 1.8], "line-dasharray": [2.5, 2] },
      },
      {
        id: "town", type: "symbol", source: "base", "source-layer": "label",
        filter: ["all", ["==", ["get", "kind"], "town"], ["<=", ["get", "rank"], ["zoom"]]],
        layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 11, "text-padding": 4 },
        paint: { "text-color": colours.name, "text-halo-color": colours.land, "text-halo-width": 1.2 },
      },
      {
        id: "country", type: "symbol", source: "base", "source-layer": "label",
        filter: ["all", ["==", ["get", "kind"], "country"], ["<=", ["get", "rank"], ["zoom"]]],
        layout: {
          "text-field": told.length ? (["match", ["get", "code"], ...told, ["get", "name"]] as never) : ["get", "name"],
          "text-font": FONT, "text-size": ["interpolate", ["linear"], ["zoom"], 3, 11, 6, 15], "text-letter-spacing": 0.08, "text-padding": 6,
        },
        paint: { "text-color": colours.name, "text-halo-color": colours.land, "text-halo-width": 1.4 },
      },
    ],
  };
}
