"""Who does the work: processes of this machine, a Ray or Dask cluster, MPI, or this process itself; all behind one Executor."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from typing import Any

from pasvik.terms.capture import Trouble

ENGINES = "process, inline, ray, ray:ADDRESS, dask:ADDRESS or mpi"


class Inline(Executor):
    """Does each thing at once, in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **more: Any) -> Future[Any]:
        done: Future[Any] = Future()
        try:
            done.set_result(fn(*args, **more))
        except BaseException as bad:
            done.set_exception(bad)
            if not isinstance(bad, Exception):                  # a stop from the keyboard is for all of us
                raise
        return done


class RayPool(Executor):
    """Ray behind the face of an Executor: its references know how to become futures."""

    def __init__(self, workers: int, address: str | None) -> None:
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        os.environ.setdefault("RAY_AUTH_MODE", "token")         # an open Ray port runs anybody's code
        try:
            import ray
        except ImportError as bad:
            raise Trouble("the engine ray needs the extra `ray`: pip install 'pasvik[ray]'") from bad
        self._ray = ray
        local: dict[str, Any] = {} if address else {"num_cpus": workers, "include_dashboard": False}
        ray.init(address=address, log_to_driver=False, **local)
        self._known: dict[Any, Any] = {}

    def submit(self, fn: Callable[..., Any], /, *args: Any, **more: Any) -> Future[Any]:
        if fn not in self._known:
            self._known[fn] = self._ray.remote(fn)
        future: Future[Any] = self._known[fn].remote(*args, **more).future()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._ray.shutdown()


def open_engine(words: str, workers: int) -> Executor:
    """An executor by its name. Raises Trouble for a name that is none, or whose library is not here."""
    kind, _, address = words.partition(":")
    if kind == "inline":
        return Inline()
    if kind == "process":
        # forkserver: a fork of a process with threads and open databases would inherit both.
        method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
        return ProcessPoolExecutor(workers, multiprocessing.get_context(method))
    if kind == "ray":
        return RayPool(workers, address or None)
    if kind == "dask" and address:
        return _dask(address)
    if kind == "mpi":
        return _mpi(workers)
    raise Trouble(f"there is no engine {words!r}; the engines are {ENGINES}")


def _dask(address: str) -> Executor:
    try:
        from distributed import Client  # type: ignore[import-not-found,unused-ignore]
    except ImportError as bad:
        raise Trouble("the engine dask needs Dask: pip install distributed") from bad
    executor: Executor = Client(address).get_executor()
    return executor


def _mpi(workers: int) -> Executor:
    try:
        from mpi4py.futures import MPIPoolExecutor  # type: ignore[import-not-found,unused-ignore]
    except ImportError as bad:
        raise Trouble("the engine mpi needs mpi4py, and `mpirun -n N python -m mpi4py.futures -m pasvik.cli.main collect …`") from bad
    executor: Executor = MPIPoolExecutor(max_workers=workers)
    return executor
