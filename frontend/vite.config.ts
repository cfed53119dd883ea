// Builds our own small files into the package, without hashes in their names, so that a commit shows what changed and nothing else.
import { defineConfig } from "vite";

export default defineConfig({
  publicDir: false,
  build: {
    outDir: "../src/pasvik/web/static/built",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: false,
    sourcemap: false,
    rollupOptions: {
      input: { board: "src/board.ts", place: "src/place.ts" },
      external: ["maplibre-gl"],
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "[name].js",
        assetFileNames: "[name][extname]",
        // The map library is shipped as it comes, beside our files, and is fetched when a map is in sight.
        paths: { "maplibre-gl": "../vendor/maplibre-gl.mjs" },
      },
    },
  },
});
