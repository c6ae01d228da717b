"""Which network addresses a crawler may connect to, and which URLs are forbidden by their text alone."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import unquote, urlsplit

from news.fetch import Outcome

WEB_SCHEMES = frozenset({"http", "https"})
_GLOBAL_UNICAST = IPv6Network("2000::/3")  # all that IANA has assigned; everything else is special-purpose
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are the IPv4 address reached
# Special-purpose ranges missing from the address tables of some Python 3.11 releases: RFC 6890 and RFC 9637.
_MORE_SPECIAL = (IPv4Network("192.0.0.0/24"), IPv6Network("3fff::/20"))
# Azure answers a virtual machine with its configuration, secrets among it, at this address, public though it looks
# (Microsoft Learn, "What is IP address 168.63.129.16?")
_OF_THE_HOST = IPv4Address("168.63.129.16")
_PART = re.compile(r"0x[0-9a-f]*|[0-9]+")


def is_public_address(ip: str) -> bool:
    """Whether an address is on the public internet; False for text that is not an address.

    IPv6 forms that carry an IPv4 address (mapped, 6to4, NAT64) are judged by the address they carry.

    >>> is_public_address("93.184.216.34"), is_public_address("::ffff:10.0.0.1"), is_public_address("169.254.169.254")
    (True, False, False)
    """
    try:
        address = _unwrapped(ip_address(ip))
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address not in _GLOBAL_UNICAST:
        return False
    if address == _OF_THE_HOST or any(address in network for network in _MORE_SPECIAL):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_private)


def literal_address(host: str) -> str | None:
    """The address a host text denotes without any name lookup, in its usual form; None for a name.

    Accepts what the system's resolver accepts: IPv6 with or without brackets, and IPv4 as one to four decimal,
    octal or hexadecimal numbers (inet_aton).

    >>> literal_address("0x7f.1"), literal_address("2130706433"), literal_address("[::1]"), literal_address("a.org")
    ('127.0.0.1', '127.0.0.1', '::1', None)
    """
    text = host.strip().removeprefix("[").removesuffix("]").lower().removesuffix(".")
    if ":" in text:
        try:
            return str(IPv6Address(text))
        except ValueError:
            return None
    parts = text.split(".")
    if not 1 <= len(parts) <= 4 or not all(_PART.fullmatch(part) and part.isascii() for part in parts):
        return None
    return _ipv4_of_parts(parts)


def with_www_twins(*hosts: str) -> tuple[str, ...]:
    """The hosts, each once, followed by their twins with or without "www."; addresses have no twin.

    >>> with_www_twins("a.org", "www.b.org"), with_www_twins("127.0.0.1")
    (('a.org', 'www.b.org', 'www.a.org', 'b.org'), ('127.0.0.1',))
    """
    named = [host for host in hosts if literal_address(host) is None]
    twins = [host.removeprefix("www.") if host.startswith("www.") else f"www.{host}" for host in named]
    return tuple(dict.fromkeys([*hosts, *twins]))


def blocked_reason(url: str, *, allow_private_networks: bool = False) -> Outcome | None:
    """Why a URL must not be requested, judged without a name lookup; None when nothing rules it out.

    A name that resolves to a private address passes here and is stopped when the connection is made.

    >>> blocked_reason("file:///etc/passwd").value, blocked_reason("http://0177.0.0.1/").value
    ('blocked_scheme', 'blocked_private')
    """
    try:
        parts = urlsplit(url.strip())
        host = unquote(parts.hostname or "")
    except ValueError:
        return Outcome.BLOCKED_SCHEME
    if parts.scheme not in WEB_SCHEMES or not host:
        return Outcome.BLOCKED_SCHEME
    if allow_private_networks:
        return None
    address = literal_address(host)
    forbidden = _is_loopback_name(host) if address is None else not is_public_address(address)
    return Outcome.BLOCKED_PRIVATE if forbidden else None


def _is_loopback_name(host: str) -> bool:
    name = host.lower().removesuffix(".")
    return name == "localhost" or name.endswith(".localhost")  # RFC 6761, section 6.3


def _unwrapped(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if not isinstance(address, IPv6Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def _ipv4_of_parts(parts: list[str]) -> str | None:
    numbers = [_number(part) for part in parts]
    *leading, last = numbers
    if last is None or any(number is None or number > 255 for number in leading):
        return None
    if last >= 256 ** (4 - len(leading)):
        return None
    value = sum(number << (24 - 8 * place) for place, number in enumerate(leading) if number is not None)
    return str(IPv4Address(value + last))


def _number(text: str) -> int | None:
    """Read one part as inet_aton does: 0x is hexadecimal, a leading 0 octal; None for a digit out of range."""
    if len(text) > 40:  # no address is that long, and int() refuses very long texts
        return None
    base = 16 if text.startswith("0x") else 8 if text.startswith("0") and len(text) > 1 else 10
    try:
        return int(text.removeprefix("0x") or "0", base)
    except ValueError:
        return None
