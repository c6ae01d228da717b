"""The address guard of crawls: no connection to an address that is not public, however it is written or reached."""

from __future__ import annotations

from typing import Any

from twisted.internet.error import DNSLookupError
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer

from news.addresses import is_public_address


class BlockedAddress(DNSLookupError):
    """A host's address is not a public one; nothing was connected."""


def install_guard(reactor: Any) -> None:
    """Have the reactor resolve no name to an address that is not public.

    The check stands between look-up and connection, so a name that changes its answer gains nothing.
    """
    reactor.installNameResolver(_GuardedResolver(reactor.nameResolver))


@implementer(IHostnameResolver)
class _GuardedResolver:
    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def resolveHostName(self, receiver: Any, host_name: str, *args: Any, **kwargs: Any) -> Any:  # noqa: N802  Twisted's
        return self._inner.resolveHostName(_GuardedReceiver(receiver, host_name), host_name, *args, **kwargs)


@implementer(IResolutionReceiver)
class _GuardedReceiver:
    def __init__(self, inner: Any, host_name: str) -> None:
        self._inner = inner
        self._host_name = host_name

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802  Twisted's name
        self._inner.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:  # noqa: N802  Twisted's name
        if not is_public_address(address.host):
            raise BlockedAddress(f"BlockedAddress: {self._host_name} is {address.host}")
        self._inner.addressResolved(address)

    def resolutionComplete(self) -> None:  # noqa: N802  Twisted's name
        self._inner.resolutionComplete()
