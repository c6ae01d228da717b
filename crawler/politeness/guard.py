"""The address guard of crawls: no connection to a non-public address, however it is written or reached."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from twisted.internet.address import IPv6Address
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer

from crawler.fetching.refusals import BlockedAddress
from news.addresses import is_public_address


def install_guard(reactor: Any, *, trusted_hosts: Collection[str] = ()) -> None:
    """Have the reactor connect to public addresses only; a second call replaces the first.

    Twisted resolves every host through this resolver, even literals, and connects to exactly the addresses it returns,
    so a name that resolves differently between look-up and connection gains nothing. A refused connection fails with
    BlockedAddress. `trusted_hosts`, such as a proxy's, may have any address.
    """
    remove_guard(reactor)
    reactor.installNameResolver(_GuardedResolver(reactor.nameResolver, frozenset(trusted_hosts)))


def remove_guard(reactor: Any) -> None:
    """Undo `install_guard`, if it was called."""
    if isinstance(reactor.nameResolver, _GuardedResolver):
        reactor.installNameResolver(reactor.nameResolver.inner)


@implementer(IHostnameResolver)
class _GuardedResolver:
    def __init__(self, inner: Any, trusted_hosts: frozenset[str]) -> None:
        self.inner = inner
        self._trusted_hosts = trusted_hosts

    def resolveHostName(  # noqa: N802  Twisted's name
        self,
        receiver: Any,
        host_name: str,
        portNumber: int = 0,  # noqa: N803  Twisted's name
        addressTypes: Any = None,  # noqa: N803  Twisted's name
        transportSemantics: str = "TCP",  # noqa: N803  Twisted's name
    ) -> Any:
        if host_name not in self._trusted_hosts:
            tells_reason = addressTypes is None or IPv6Address in addressTypes
            receiver = _GuardedReceiver(receiver, host_name, tells_reason=tells_reason)
        return self.inner.resolveHostName(receiver, host_name, portNumber, addressTypes, transportSemantics)


@implementer(IResolutionReceiver)
class _GuardedReceiver:
    """Lets public addresses through; if there are none, passes on one that raises as soon as it is used."""

    def __init__(self, inner: Any, host_name: str, *, tells_reason: bool) -> None:
        self._inner = inner
        self._host_name = host_name
        self._tells_reason = tells_reason  # else the caller takes no IPv6 address and sees a failed look-up instead
        self._passed_count = 0
        self._refused: str | None = None

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802  Twisted's name
        self._inner.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:  # noqa: N802  Twisted's name
        if is_public_address(address.host):
            self._passed_count += 1
            self._inner.addressResolved(address)
        else:
            self._refused = address.host

    def resolutionComplete(self) -> None:  # noqa: N802  Twisted's name
        if self._refused is not None and not self._passed_count and self._tells_reason:
            self._inner.addressResolved(_RefusingAddress(BlockedAddress(self._host_name, self._refused)))
        self._inner.resolutionComplete()


class _RefusingAddress(IPv6Address):
    """Takes the place of an address and makes the connection fail.

    The interface has no other way to say why a look-up failed: an empty answer reads as "no such host", and an
    exception raised while receiving leaves the connection waiting for its timeout.
    """

    def __init__(self, error: BlockedAddress) -> None:
        self._error = error

    @property
    def host(self) -> str:  # type: ignore[override]  # an attribute there; nobody can connect without reading it
        raise self._error
