// Makes the land fit for tiles. Rings that jump over the 180th meridian are unrolled and cut there; left alone, they once drew Kola as sea.
export function cutAtDateline(land) {
  const polygons = [];
  for (const one of land.type === "FeatureCollection" ? land.features : [land]) {
    polygons.push(...(one.geometry.type === "Polygon" ? [one.geometry.coordinates] : one.geometry.coordinates));
  }
  const found = [];
  for (const polygon of polygons) {
    for (const part of partsOf(polygon.map(unrolled))) {
      found.push({ type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: part } });
    }
  }
  return found;
}

function partsOf(rings) {
  const parts = [];
  for (const shift of [-360, 0, 360]) {
    const cut = rings.map((ring) => between(ring.map(([lon, lat]) => [lon + shift, lat]))).filter((ring) => ring.length >= 4 && area(ring) > 1e-9);
    if (cut.length) parts.push(cut);
  }
  return parts;
}

function unrolled(ring) {
  let turn = 0;
  const out = ring.map(([lon, lat], i) => {
    if (i) {
      const step = lon - ring[i - 1][0];
      if (step > 180) turn -= 360;
      else if (step < -180) turn += 360;
    }
    return [lon + turn, lat];
  });
  if (Math.abs(turn) === 360) {
    // Around the pole (Antarctica): close the ring along the edge of the map.
    const end = out[out.length - 1][0];
    out.push([end, -90], [out[0][0], -90], out[0]);
  }
  return out;
}

function between(ring) {
  return clip(clip(ring, (p) => p[0] >= -180, -180), (p) => p[0] <= 180, 180);
}

function clip(ring, inside, edge) {
  const out = [];
  for (let i = 0; i + 1 < ring.length; i++) {
    const [a, b] = [ring[i], ring[i + 1]];
    if (inside(a)) out.push(a);
    if (inside(a) !== inside(b)) out.push([edge, a[1] + ((b[1] - a[1]) * (edge - a[0])) / (b[0] - a[0])]);
  }
  if (out.length) out.push(out[0]);
  return out;
}

function area(ring) {
  let sum = 0;
  for (let i = 0; i + 1 < ring.length; i++) sum += ring[i][0] * ring[i + 1][1] - ring[i + 1][0] * ring[i][1];
  return Math.abs(sum / 2);
}
