// Reads labels.csv: names of states and towns with the place where they are written.
import { readFileSync } from "node:fs";

export function labels() {
  const rows = readFileSync(new URL("labels.csv", import.meta.url), "utf8").split("\n").filter((row) => row && !row.startsWith("#"));
  return rows.slice(1).map((row) => {
    const [kind, code, name, lon, lat, rank] = row.split(",");
    return {
      type: "Feature",
      properties: { kind, code, name, rank: Number(rank) },
      geometry: { type: "Point", coordinates: [Number(lon), Number(lat)] },
    };
  });
}
