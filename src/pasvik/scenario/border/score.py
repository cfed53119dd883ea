"""How good a forecast was: the distance of its futures from what came (CRPS), the chance it gave to it (log score), and coverage."""

from __future__ import annotations

from dataclasses import dataclass
from math import lgamma
from typing import TYPE_CHECKING

from pasvik.scenario.cohort.numeric import np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SPREAD = 0.5                                                    # a future of x people stands for a Poisson of x + SPREAD, so none is impossible
FLOOR = 1e-9                                                    # no forecast is punished without limit


@dataclass(frozen=True, slots=True)
class Score:
    """One forecast against one count. crps: people, lower is better; log: nats, higher is better; inside: the middle half and nine tenths."""

    crps: float
    log: float
    half: bool
    nine_tenths: bool
    low: float
    middle: float
    high: float


def score(samples: NDArray[np.float64], came: float) -> Score:
    """The score of equally likely futures. CRPS after Gneiting and Raftery (2007): mean distance minus half the mean spread."""
    ordered = np.sort(np.asarray(samples, dtype=float))
    count = len(ordered)
    spread = float(((2.0 * np.arange(1, count + 1) - count - 1.0) * ordered).sum()) / count**2
    quarter, low, middle, high, three = (float(edge) for edge in np.quantile(ordered, (0.25, 0.05, 0.5, 0.95, 0.75), method="nearest"))
    return Score(float(np.abs(ordered - came).mean()) - spread, log_score(ordered, came), quarter <= came <= three, low <= came <= high,
                 low, middle, high)


def log_score(samples: NDArray[np.float64], came: float) -> float:
    """The logarithm of the chance given to what came."""
    mean = samples + SPREAD
    chance = np.exp(came * np.log(mean) - mean - lgamma(came + 1.0))
    return float(np.log(max(float(chance.mean()), FLOOR)))
