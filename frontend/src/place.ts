/** What a crossing's page adds when JavaScript runs: it moves in place, and has a timeline, a small map and a chart of its counts. */
import { PasvikChart } from "./chart";
import { PasvikClocks } from "./clocks";
import { copying } from "./copy";
import { unfold } from "./fold";
import { listen } from "./live";
import { PasvikMap } from "./map/element";

listen();
copying();
document.documentElement.classList.add("moves");
unfold("map-box", "(min-width: 60rem)");
unfold("reel-box", "(min-width: 40rem)");
customElements.define("pasvik-clocks", PasvikClocks);
customElements.define("pasvik-map", PasvikMap);
customElements.define("pasvik-chart", PasvikChart);
