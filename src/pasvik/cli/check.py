"""`pasvik check`: is the shipped (or your own) knowledge and record sound, line by line?"""

from __future__ import annotations

from pasvik.app.inspect import inspect_knowledge
from pasvik.cli import say


def check(as_json: bool = say.AS_JSON, home: str | None = say.HOME) -> None:
    """Check gazetteer, names, sets, authorities and the record; every fault by file and line, non-zero exit when there is one."""
    found = inspect_knowledge(say.settings(home, None))
    if as_json:
        say.out_json({"counts": found.counts, "faults": [{"what": fault.what, "where": fault.where} for fault in found.faults]})
    else:
        for fault in found.faults:
            print(f"{fault.where}: {fault.what}" if fault.where else fault.what)
        print(", ".join(f"{number} {name}" for name, number in found.counts.items()), f"checked; {len(found.faults)} faults")
    if found.faults:
        raise SystemExit(1)
