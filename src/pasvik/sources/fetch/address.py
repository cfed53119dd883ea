"""Which addresses we may connect to: public ones only, whatever a name resolves to and whoever sends us there."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from httpx2 import URL

Resolver = Callable[[str, int], tuple[str, ...]]
PORTS = (80, 443, 8080, 8443)
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Refused(Exception):
    """We do not go there; the message is one sentence. Raised inside the connection and turned into a value by the fetcher."""


@dataclass(frozen=True, slots=True)
class Guard:
    """How names become addresses, and whether this machine itself may be asked (tests only)."""

    resolve: Resolver
    loopback: bool = False

    def addresses(self, host: str, port: int) -> tuple[str, ...]:
        """Every address of a name, all of them public. Raises Refused where one is not: a name that leads both ways is a trap."""
        try:
            found = self.resolve(host, port)
        except (OSError, UnicodeError) as bad:
            raise Refused(f"the name {host} is not known") from bad
        if not found:
            raise Refused(f"the name {host} has no address")
        for address in found:
            if not self.is_public(address):
                raise Refused(f"{host} leads to {address}, which is no public address")
        return found

    def is_public(self, address: str) -> bool:
        """Whether an address is one of the public internet, also where an IPv4 address hides in an IPv6 one."""
        try:
            parsed = ipaddress.ip_address(address)
        except ValueError:
            return False
        if isinstance(parsed, ipaddress.IPv6Address):
            if parsed.scope_id:
                return False
            inner = [parsed.ipv4_mapped, parsed.sixtofour, *(parsed.teredo or ())]
            if parsed in NAT64:
                inner.append(ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF))
            if any(one is not None and not self.is_public(str(one)) for one in inner):
                return False
            if parsed.ipv4_mapped is not None or parsed in NAT64:
                return True
        if parsed.is_loopback:
            return self.loopback
        return parsed.is_global and not parsed.is_multicast


def ask_the_system(host: str, port: int) -> tuple[str, ...]:
    """The addresses that this machine's resolver gives for a name, each once. Raises OSError."""
    return tuple(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def checked(address: str, guard: Guard, came_from: str = "") -> URL:
    """An address we may ask, parsed. Raises Refused: other schemes, names and passwords in it, odd ports, from https back to http."""
    from httpx2 import URL, InvalidURL

    try:
        url = URL(address)
        host = url.raw_host.decode("ascii")
    except (InvalidURL, UnicodeError, ValueError, TypeError) as bad:
        raise Refused(f"{address[:200]!r} is no address: {bad}") from bad
    if url.scheme not in ("http", "https") or not host:
        raise Refused(f"{address[:200]!r} is not an http or https address")
    if url.userinfo:
        raise Refused("an address with a name or password in it is not asked")
    port = url.port or (443 if url.scheme == "https" else 80)
    if port not in PORTS and not guard.loopback:
        raise Refused(f"port {port} is none that web pages are served on")
    if came_from.startswith("https:") and url.scheme == "http":
        raise Refused(f"{came_from} sends us from https to http")
    return url.copy_with(fragment=None)
