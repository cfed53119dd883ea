"""NumPy and the compiler, loaded when the first what-if needs them, so that no other command waits for them or must install them."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from types import ModuleType
from typing import TYPE_CHECKING, Any

from pasvik.terms.capture import digest

if TYPE_CHECKING:
    import numpy as np
else:

    def _later(name: str) -> ModuleType:
        """The module, read from disk when its first attribute is asked for."""
        if name in sys.modules:
            return sys.modules[name]
        spec = importlib.util.find_spec(name)
        if spec is None or spec.loader is None:
            return ModuleType(name)
        spec.loader = importlib.util.LazyLoader(spec.loader)
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
        return module

    np = _later("numpy")

__all__ = ["compiled", "has_compiler", "has_numpy", "mark", "np"]


def has_numpy() -> bool:
    """Is NumPy installed? Without it no run of counts is possible (`pip install pasvik[whatif]`)."""
    return importlib.util.find_spec("numpy") is not None


def has_compiler() -> bool:
    """Is Numba installed? Without it the same code runs in plain Python: the same numbers, more slowly."""
    return importlib.util.find_spec("numba") is not None


def mark(functions: tuple[Callable[..., Any], ...]) -> int:
    """A number that changes when any of the functions does, or any number they read from their module.

    The compiler keeps machine code on disk and asks only whether the file of the entry is older; with this it asks about everything it calls.
    """
    told = []
    for function in functions:
        code, outer = function.__code__, function.__globals__
        numbers = [(name, outer[name]) for name in code.co_names if isinstance(outer.get(name), int | float)]
        told.append(repr((function.__name__, code.co_code, code.co_consts, code.co_names, numbers)))
    return int(digest("\n".join(told).encode())[:15], 16)


def compiled(entry: Callable[..., Any], helpers: tuple[Callable[..., Any], ...]) -> Callable[..., Any]:
    """An entry as machine code; the helpers it calls are compiled into it and stay plain functions outside. Kept on disk for the next start."""
    from numba import njit  # a compiler is heavy, and most commands need none
    from numba.extending import register_jitable

    for helper in (*helpers, entry):
        register_jitable(helper)
    stamp = mark((*helpers, entry))

    def start(*told: Any) -> int:
        return -1 if stamp < 0 else entry(*told)                # the stamp is part of what the machine code on disk is filed under

    made: Callable[..., Any] = njit(cache=True, nogil=True)(start)
    return made
