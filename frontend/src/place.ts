/** What a crossing's page adds when JavaScript runs: it moves in place, and has a small map. */
import { listen } from "./live";
import { PasvikMap } from "./map/element";

listen();
customElements.define("pasvik-map", PasvikMap);
