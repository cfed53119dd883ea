// Writes a PMTiles file (version 3 of the format): a header, one directory, a note on what is inside, then the tiles by their place on a Hilbert curve.
import { mkdirSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { zxyToTileId } from "pmtiles";

const HEADER = 127;
const GZIP = 2;
const VECTOR = 1;

export function writePmtiles(file, tiles, { region, deepest, layers }) {
  const seen = new Map();
  const bodies = [];
  let end = 0;
  const entries = tiles
    .map(({ z, x, y, data }) => ({ id: zxyToTileId(z, x, y), body: gzipSync(data, { level: 9 }) }))
    .sort((a, b) => a.id - b.id)
    .map(({ id, body }) => {
      const key = body.toString("latin1");
      if (!seen.has(key)) {
        seen.set(key, { offset: end, length: body.length });
        bodies.push(body);
        end += body.length;
      }
      return { id, ...seen.get(key) };
    });
  const directory = gzipSync(directoryOf(entries), { level: 9 });
  if (HEADER + directory.length > 16384) throw new Error(`the directory is too large for one root: ${directory.length} bytes`);
  const told = gzipSync(JSON.stringify({
    name: "Pasvik base map", attribution: "Natural Earth",
    vector_layers: Object.entries(layers).map(([id, fields]) => ({ id, fields })),
  }), { level: 9 });
  const header = headerOf({ directory, told, bytes: end, entries, distinct: bodies.length, region, deepest });
  const whole = Buffer.concat([header, directory, told, ...bodies]);
  mkdirSync(new URL(".", file), { recursive: true });
  writeFileSync(file, whole);
  return whole.length;
}

function directoryOf(entries) {
  const out = [];
  const put = (n) => {
    while (n >= 0x80) {
      out.push((n % 0x80) | 0x80);
      n = Math.floor(n / 0x80);
    }
    out.push(n);
  };
  put(entries.length);
  entries.forEach((one, i) => put(one.id - (i ? entries[i - 1].id : 0)));
  entries.forEach(() => put(1));
  entries.forEach((one) => put(one.length));
  entries.forEach((one, i) => put(i && one.offset === entries[i - 1].offset + entries[i - 1].length ? 0 : one.offset + 1));
  return Buffer.from(out);
}

function headerOf({ directory, told, bytes, entries, distinct, region, deepest }) {
  const header = Buffer.alloc(HEADER);
  header.write("PMTiles", 0, "latin1");
  header[7] = 3;
  const at = [HEADER, directory.length, HEADER + directory.length, told.length, 0, 0, HEADER + directory.length + told.length, bytes,
    entries.length, entries.length, distinct];
  at[4] = at[6]; // no leaf directories: an empty stretch where the tiles begin
  at.forEach((n, i) => header.writeBigUInt64LE(BigInt(n), 8 + 8 * i));
  header[96] = 1; // tiles lie in the order of the directory
  header[97] = GZIP;
  header[98] = GZIP;
  header[99] = VECTOR;
  header[100] = 0;
  header[101] = deepest;
  [-180, -85, 180, 85].forEach((degrees, i) => header.writeInt32LE(Math.round(degrees * 1e7), 102 + 4 * i));
  header[118] = 3;
  header.writeInt32LE(Math.round(((region.west + region.east) / 2) * 1e7), 119);
  header.writeInt32LE(Math.round(((region.south + region.north) / 2) * 1e7), 123);
  return header;
}
