"""One request over one connection: to a checked address, within a time, a size and a size unpacked."""

from __future__ import annotations

import ssl
import time
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pasvik.sources.fetch.address import Guard, Refused

# The HTTP library belongs to the extra `collect` and is slow to load: it is imported where it is needed.
if TYPE_CHECKING:
    from httpcore2 import NetworkStream
    from httpx2 import URL

CONNECT_SECONDS = 15.0
IDLE_SECONDS = 20.0
CHUNK = 65_536


class Broken(Exception):
    """The answer cannot be used: too slow, too large, cut off, badly packed. `again`: whether another try could help."""

    def __init__(self, what: str, again: bool = False) -> None:
        super().__init__(what)
        self.again = again


@dataclass(frozen=True, slots=True)
class Caps:
    """The most we take: seconds for the whole exchange, bytes on the wire, bytes unpacked."""

    seconds: float = 60.0
    bytes_sent: int = 10_000_000
    bytes_unpacked: int = 20_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said: status, headers (small letters, as sent), the body unpacked."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """The first header of this name, "" where there is none."""
        return next((value for key, value in self.headers if key == name), "")


class _Stream:
    """A connection that ends when its time is up, however slowly the other side drips."""

    def __init__(self, inner: NetworkStream, deadline: float) -> None:
        self._inner, self._deadline = inner, deadline

    def _left(self, timeout: float | None) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the time for the whole exchange is up")
        return min(left, timeout or left)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None) -> _Stream:
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, self._left(timeout)), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Backend:
    """Resolves a name once, checks every answer, and connects to those very addresses."""

    def __init__(self, guard: Guard, deadline: float) -> None:
        self._guard, self._deadline = guard, deadline
        from httpcore2 import SyncBackend

        self._system = SyncBackend()

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
                    socket_options: Iterable[Any] | None = None) -> _Stream:
        from httpcore2 import ConnectError, ConnectTimeout

        failed: Exception | None = None
        for address in self._guard.addresses(host, port):
            left = self._deadline - time.monotonic()
            if left <= 0:
                break
            try:
                stream = self._system.connect_tcp(address, port, min(left, timeout or left), local_address, socket_options)
            except (ConnectError, ConnectTimeout) as bad:
                failed = bad
                continue
            return _Stream(stream, self._deadline)
        raise failed or TimeoutError("the time for the whole exchange is up")

    def connect_unix_socket(self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None) -> Any:
        raise Refused("a socket of this machine is not asked")


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def exchange(method: str, url: URL, headers: dict[str, str], body: bytes, guard: Guard, caps: Caps) -> Answer:
    """Ask once. No redirect is followed here. Raises Refused, or Broken."""
    import httpcore2

    backend: Any = _Backend(guard, time.monotonic() + caps.seconds)
    where = httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
    waits = {"connect": CONNECT_SECONDS, "read": IDLE_SECONDS, "write": IDLE_SECONDS, "pool": CONNECT_SECONDS}
    sent = [(b"Host", url.netloc), *((name.encode("ascii"), value.encode("latin-1", "replace")) for name, value in headers.items())]
    try:
        with httpcore2.ConnectionPool(ssl_context=_tls(), max_connections=1, max_keepalive_connections=0,
                                      network_backend=backend) as pool, \
                pool.stream(method, where, headers=sent, content=body or None, extensions={"timeout": waits}) as answer:
            told = tuple((name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in answer.headers)
            packed = next((value for name, value in told if name == "content-encoding"), "").strip().lower()
            return Answer(answer.status, told, _unpacked(answer.iter_stream(), packed, caps))
    except (TimeoutError, httpcore2.TimeoutException) as bad:
        raise Broken(f"no whole answer within {caps.seconds:g} seconds", again=True) from bad
    except (httpcore2.NetworkError, OSError) as bad:
        raise Broken(f"the connection failed: {bad or type(bad).__name__}", again=True) from bad
    except (httpcore2.ProtocolError, httpcore2.UnsupportedProtocol) as bad:
        raise Broken(f"the answer is no proper HTTP: {bad}", again="disconnected" in str(bad)) from bad


def _unpacked(chunks: Iterable[bytes], packed: str, caps: Caps) -> bytes:
    """The body, never holding more than the caps allow: a small bomb must not become a large page."""
    if packed not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise Broken(f"the answer is packed as {packed[:40]!r}, which was not asked for")
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 32) if packed and packed != "identity" else None
    got, came = bytearray(), 0
    for chunk in chunks:
        came += len(chunk)
        if came > caps.bytes_sent:
            raise Broken(f"the answer is larger than {caps.bytes_sent // 1000:,} kB")
        try:
            got += unpack.decompress(chunk, caps.bytes_unpacked - len(got) + 1) if unpack else chunk
        except zlib.error as bad:
            raise Broken(f"the answer is badly packed: {bad}") from bad
        if len(got) > caps.bytes_unpacked:
            raise Broken(f"the answer unpacks to more than {caps.bytes_unpacked // 1000:,} kB")
    if unpack is not None and came and not unpack.eof:
        raise Broken("the answer was cut off", again=True)
    return bytes(got)
