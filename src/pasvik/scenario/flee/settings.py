"""The settings of a run as FLEE writes them in simsetting.yml: every key is known, or named as unknown; nothing is dropped in silence."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import Any

from pasvik.scenario.flee.rows import ERROR, WARNING, Finding, nearest

FILE = "simsetting.yml"
IGNORED = {"log_levels": ("agent", "link", "camp", "conflict", "init", "granularity", "idp_totals"),
           "move_rules": ("max_crossing_speed",)}
UNSUPPORTED = {
    "spawn_rules": ("flood_zone_spawning_only", "flood_driven_spawning", "initialise_idps", "default_conflict_intensity"),
    "move_rules": ("two_system_decision_making", "fixed_routes", "flee_when_starving", "use_v1_rules", "children_avoid_hazards", "boys_take_risk",
                   "match_camp_ethnicity", "match_town_ethnicity", "match_conflict_ethnicity", "match_camp_religion", "match_town_religion",
                   "match_conflict_religion", "ChildrenAvoidHazards", "BoysTakeRisk", "MatchCampEthnicity", "MatchTownEthnicity",
                   "MatchConflictEthnicity", "harvest_months")}
RENAMED = {"camps_are_sicks": "camps_are_sinks"}
SQRT_TEN = 3.16227766017
CHANCE, SPEED = (0.0, 1.0), (0.01, 5000.0)                      # km a day; nobody drives further
LIMITS: dict[str, tuple[float, float]] = {
    "max_move_speed": SPEED, "max_walk_speed": SPEED, "conflict_movechance": CHANCE, "camp_movechance": CHANCE, "idpcamp_movechance": CHANCE,
    "default_movechance": CHANCE, "capacity_buffer": (0.0, 0.9999), "capacity_scaling": (0.0, 1e6), "softening": (0.0, 1e6),
    "weight_softening": (0.0, 1e6), "weight_power": (0.0, 50.0), "distance_power": (-10.0, 10.0), "awareness_level": (-1, 8),
    "foreign_weight": (0.0, 1e6), "camp_weight": (0.0, 1e6), "conflict_weight": (1e-9, 1e6), "conflict_spawn_decay_interval": (1, 1e6),
    "displaced_per_conflict_day": (0.0, 1e12), "movechance_pop_base": (1e-9, 1e15)}


@dataclass(frozen=True, slots=True)
class SpawnRules:
    """Where newly displaced people come from."""

    take_from_population: bool = False
    insert_day0: bool = True
    sum_from_camps: bool = True
    conflict_zone_spawning_only: bool = True
    conflict_spawn_decay: tuple[float, ...] = ()
    conflict_spawn_decay_interval: int = 30
    empty_camps_on_day0: bool = False
    camps_are_sinks: bool = False
    read_from_agents_csv_file: bool = False
    spawn_mode: str = "register"                                # register, constant, pop_ratio, poisson
    displaced_per_conflict_day: float = 500.0


@dataclass(frozen=True, slots=True)
class MoveRules:
    """How people choose and travel. Speeds in km a day, chances per day."""

    max_move_speed: float = 360.0
    max_walk_speed: float = 35.0
    foreign_weight: float = 1.0
    camp_weight: float = 1.0
    conflict_weight: float = 1.0 / SQRT_TEN
    conflict_movechance: float = 1.0
    camp_movechance: float = 0.001
    idpcamp_movechance: float = 0.1
    default_movechance: float = 0.3
    awareness_level: int = 1
    capacity_buffer: float = 0.9
    capacity_scaling: float = 1.0
    avoid_short_stints: bool = False
    start_on_foot: bool = False
    softening: float = 10.0
    weight_softening: float = 0.0
    weight_power: float = 1.0
    distance_power: float = 1.0
    pruning_threshold: float = 1.0
    stay_close_to_home: bool = False
    home_distance_power: float = 0.5
    use_pop_for_loc_weight: bool = False
    pop_power_for_loc_weight: float = 0.1
    movechance_pop_base: float = 10000.0
    movechance_pop_scale_factor: float = 0.0


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings; hasten = every count is divided by this."""

    spawn: SpawnRules = field(default_factory=SpawnRules)
    move: MoveRules = field(default_factory=MoveRules)
    hasten: int = 1


def parse_settings(text: str) -> tuple[Settings, list[Finding]]:
    """Settings from YAML text, defaults where nothing is said, and findings by line."""
    import yaml  # only who runs FLEE's folders needs YAML

    found: list[Finding] = []
    try:
        tree = yaml.safe_load(text) or {}
    except yaml.YAMLError as wrong:
        mark = getattr(wrong, "problem_mark", None)
        return Settings(), [Finding(ERROR, FILE, mark.line + 1 if mark else 0, f"is not YAML: {getattr(wrong, 'problem', wrong)}")]
    if not isinstance(tree, dict):
        return Settings(), [Finding(ERROR, FILE, 0, "is not a list of sections (log_levels, spawn_rules, move_rules, optimisations)")]
    lines = {line.split(":")[0].strip(): at for at, line in reversed(list(enumerate(text.splitlines(), 1))) if ":" in line}
    sections: dict[str, dict[str, Any]] = {}
    for name, section in tree.items():
        if name not in ("log_levels", "spawn_rules", "move_rules", "optimisations", "number_of_steps", "conflict_input_file"):
            found.append(Finding(WARNING, FILE, lines.get(str(name), 0), f"unknown section {name!r} is not used"
                                 + nearest(str(name), ("log_levels", "spawn_rules", "move_rules", "optimisations"))))
        elif section is not None and isinstance(section, dict):
            sections[name] = section
    spawn = _filled(SpawnRules(), "spawn_rules", _flat_spawn(sections.get("spawn_rules", {})), lines, found)
    move = _filled(MoveRules(), "move_rules", sections.get("move_rules", {}), lines, found)
    found += [Finding(WARNING, FILE, lines.get(str(key), 0), f"unknown key log_levels.{key} is not used")
              for key in sections.get("log_levels", {}) if key not in IGNORED["log_levels"]]
    hasten = _hasten(sections.get("optimisations", {}), lines, found)
    return Settings(spawn, move, hasten), found


def _flat_spawn(section: dict[str, Any]) -> dict[str, Any]:
    """The nested conflict_driven_spawning lifted to the level of the other spawn rules."""
    flat = {RENAMED.get(str(key), str(key)): value for key, value in section.items() if key != "conflict_driven_spawning"}
    nested = section.get("conflict_driven_spawning")
    if isinstance(nested, dict):
        mode = str(nested.get("spawn_mode", "constant")).lower()
        flat |= {"spawn_mode": mode, "displaced_per_conflict_day": nested.get("displaced_per_conflict_day", 0.01 if mode == "pop_ratio" else 500)}
    return flat


def _filled(rules: Any, section: str, given: dict[str, Any], lines: dict[str, int], found: list[Finding]) -> Any:
    """The rules with what was given; a key of the wrong kind or unknown is a finding."""
    known = {item.name: getattr(rules, item.name) for item in fields(rules)}
    for key, value in given.items():
        line = lines.get(key, 0)
        if key in UNSUPPORTED.get(section, ()):
            if value not in (False, None, 0, [], {}):
                found.append(Finding(ERROR, FILE, line, f"{section}.{key} is a rule of the peer that is not carried here"))
        elif key in IGNORED.get(section, ()):
            found.append(Finding(WARNING, FILE, line, f"{section}.{key} is read by nobody, here or there"))
        elif key not in known:
            found.append(Finding(WARNING, FILE, line, f"unknown key {section}.{key} is not used{nearest(key, known)}"))
        elif (made := _as_kind(known[key], value)) is None:
            found.append(Finding(ERROR, FILE, line, f"{section}.{key} = {value!r} is not of the kind of {known[key]!r}"))
        elif key in LIMITS and not LIMITS[key][0] <= made <= LIMITS[key][1]:
            found.append(Finding(ERROR, FILE, line, f"{section}.{key} = {value!r} must be between {LIMITS[key][0]:g} and {LIMITS[key][1]:g}"))
        else:
            rules = replace(rules, **{key: made})
    return rules


def _as_kind(default: Any, value: Any) -> Any:
    """The value as the kind of the default, or None. Words like 'yes' in quotes are not taken for true."""
    if isinstance(default, bool):
        return value if isinstance(value, bool) else None
    if isinstance(default, tuple):
        listed = list(value.values()) if isinstance(value, dict) else value
        return tuple(float(part) for part in listed) if isinstance(listed, list) and all(isinstance(part, int | float) for part in listed) else \
            () if listed is None else None
    if isinstance(default, str):
        return value if isinstance(value, str) and value in ("register", "constant", "pop_ratio", "poisson") else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(default, int):
        return int(value) if value == int(value) else None
    return float(value)


def _hasten(section: dict[str, Any], lines: dict[str, int], found: list[Finding]) -> int:
    """The divisor of all counts: a whole number of at least 1."""
    found += [Finding(WARNING, FILE, lines.get(str(key), 0), f"unknown key optimisations.{key} is not used") for key in section if key != "hasten"]
    value = section.get("hasten", 1)
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        found.append(Finding(ERROR, FILE, lines.get("hasten", 0), f"hasten = {value!r} must be a whole number of at least 1",
                             ("refused here", "the peer cuts it to a whole number")))
        return 1
    return value
