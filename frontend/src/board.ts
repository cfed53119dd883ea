/** What the board page adds when JavaScript runs: it moves in place, and has a timeline and a map. */
import { PasvikClocks } from "./clocks";
import { copying } from "./copy";
import { unfold } from "./fold";
import { listen } from "./live";
import { PasvikMap } from "./map/element";

listen();
copying();
document.documentElement.classList.add("moves");
unfold("map-box", "(min-width: 82rem)");
unfold("reel-box", "(min-width: 40rem)");
customElements.define("pasvik-clocks", PasvikClocks);
customElements.define("pasvik-map", PasvikMap);
