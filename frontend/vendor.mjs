// Copies the map library, its fonts and their licences as they come from their packages, so that a page asks no other host.
import { cpSync, mkdirSync, rmSync } from "node:fs";

const TO = new URL("../src/pasvik/web/static/vendor/", import.meta.url);
const FROM = new URL("node_modules/", import.meta.url);
const FILES = {
  "maplibre-gl/dist/maplibre-gl.mjs": "maplibre-gl.mjs",
  "maplibre-gl/dist/maplibre-gl-worker.mjs": "maplibre-gl-worker.mjs",
  "maplibre-gl/dist/maplibre-gl.css": "maplibre-gl.css",
  "maplibre-gl/LICENSE.txt": "maplibre-gl.LICENSE.txt",
  "@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff2": "noto-sans-latin.woff2",
  "@fontsource/noto-sans/files/noto-sans-latin-ext-400-normal.woff2": "noto-sans-latin-ext.woff2",
  "@fontsource/noto-sans/files/noto-sans-cyrillic-400-normal.woff2": "noto-sans-cyrillic.woff2",
  "uplot/dist/uPlot.min.css": "uplot.css",
  "uplot/LICENSE": "uplot.LICENSE.txt",
  "lit/LICENSE": "lit.LICENSE.txt",
  "@fontsource/noto-sans/LICENSE": "noto-sans.LICENSE.txt",
};

rmSync(TO, { recursive: true, force: true });
mkdirSync(TO, { recursive: true });
for (const [from, to] of Object.entries(FILES)) cpSync(new URL(from, FROM), new URL(to, TO));
