// Which lines are drawn dashed: lines that one of the neighbours or most other states do not recognise, or that no treaty in force settles.
// Natural Earth draws who is in control; this list keeps the map from looking like a ruling.
const NOT_RECOGNISED = [
  "Kosovo", "N. Cyprus", "Cyprus U.N. Buffer Zone", "Somaliland", "W. Sahara", "Siachen Glacier", "Palestine", "Taiwan", "Baikonur",
];
const PAIRS = [
  ["Russia", "Ukraine"], // occupied territories; in Natural Earth the line also runs across the neck of Crimea
  ["Estonia", "Russia"], // the treaty signed in 2014 is not ratified; what is guarded is the line of control
  ["Israel", "Syria"], ["Israel", "Lebanon"], ["India", "Pakistan"], ["India", "China"], ["Pakistan", "China"],
  ["North Korea", "South Korea"], ["Armenia", "Azerbaijan"], ["Sudan", "S. Sudan"], ["Sudan", "Egypt"], ["Guyana", "Venezuela"],
  ["Morocco", "Algeria"],
];

export function isDisputed(a, b) {
  return [a, b].some((name) => NOT_RECOGNISED.includes(name)) || PAIRS.some((pair) => pair.includes(a) && pair.includes(b));
}
