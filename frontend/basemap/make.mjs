// Draws the base map once: land, lines between states and names as vector tiles in one PMTiles file. Run it with `npm run basemap`.
// Source of the shapes: Natural Earth 1:10m (public domain), as packed by world-atlas. What is disputed is listed in disputed.mjs.
import { readFileSync } from "node:fs";
import { GeoJSONVT } from "@maplibre/geojson-vt";
import { fromGeojsonVt } from "@maplibre/vt-pbf";
import { feature, mesh } from "topojson-client";
import { isDisputed } from "./disputed.mjs";
import { labels } from "./labels.mjs";
import { cutAtDateline } from "./land.mjs";
import { writePmtiles } from "./pmtiles.mjs";

const OUT = new URL("../../src/pasvik/web/static/map/base.pmtiles", import.meta.url);

const DEEPEST = 7;
const REGION = { west: -12, south: 38, east: 64, north: 74 }; // the map does not leave it (see maxBounds in src/map/style.ts)

const atlas = JSON.parse(readFileSync(new URL("../node_modules/world-atlas/countries-10m.json", import.meta.url), "utf8"));

function lines() {
  const found = [];
  const kinds = { plain: (a, b) => a !== b && !isDisputed(a, b), disputed: (a, b) => a !== b && isDisputed(a, b) };
  for (const [kind, wanted] of Object.entries(kinds)) {
    const drawn = mesh(atlas, atlas.objects.countries, (a, b) => wanted(a.properties.name, b.properties.name));
    for (const coordinates of drawn.coordinates) {
      found.push({ type: "Feature", properties: { kind }, geometry: { type: "LineString", coordinates } });
    }
  }
  return found;
}

function tilesOf(layers) {
  const tiles = [];
  for (let z = 0; z <= DEEPEST; z++) {
    const [x0, y0, x1, y1] = tileRange(z);
    for (let x = x0; x <= x1; x++) {
      for (let y = y0; y <= y1; y++) {
        const drawn = {};
        for (const [name, index] of Object.entries(layers)) {
          const tile = index.getTile(z, x, y);
          if (tile && tile.features.length) drawn[name] = tile;
        }
        if (Object.keys(drawn).length) tiles.push({ z, x, y, data: fromGeojsonVt(drawn, { version: 2 }) });
      }
    }
  }
  return tiles;
}

function tileRange(z) {
  const n = 2 ** z;
  const column = (lon) => Math.floor(((lon + 180) / 360) * n);
  const row = (lat) => Math.floor(((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * n);
  return [column(REGION.west), row(REGION.north), column(REGION.east), row(REGION.south)];
}

const index = (features, more = {}) =>
  new GeoJSONVT({ type: "FeatureCollection", features }, { maxZoom: DEEPEST, indexMaxZoom: 5, extent: 4096, buffer: 80, tolerance: 3, ...more });

const land = feature(atlas, atlas.objects.land);
const layers = { land: index(cutAtDateline(land)), line: index(lines()), label: index(labels()) };
const tiles = tilesOf(layers);
const size = writePmtiles(OUT, tiles, { region: REGION, deepest: DEEPEST, layers: { land: {}, line: { kind: "String" }, label: { kind: "String", code: "String", name: "String", rank: "Number" } } });
console.log(`${tiles.length} tiles, ${(size / 1e6).toFixed(2)} MB`);
