"""The resolver in the guard: which of a name's addresses come through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from twisted.internet.address import IPv4Address, IPv6Address

from crawler.fetching.refusals import BlockedAddress
from crawler.politeness.guard import install_guard, remove_guard


class Answers:
    """A resolver that gives prepared answers, one for each question."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self._answers = iter(answers)

    def resolveHostName(self, receiver: Any, host: str, port: int = 0, *rest: Any) -> None:
        receiver.resolutionBegan(None)
        for ip in next(self._answers):
            kind = IPv6Address if ":" in ip else IPv4Address
            receiver.addressResolved(kind("TCP", ip, port))
        receiver.resolutionComplete()


class Reactor:
    def __init__(self, resolver: Any) -> None:
        self.nameResolver = resolver

    def installNameResolver(self, resolver: Any) -> None:
        self.nameResolver = resolver


class Receiver:
    def __init__(self) -> None:
        self.addresses: list[Any] = []
        self.complete_count = 0

    def resolutionBegan(self, resolution: Any) -> None: ...

    def addressResolved(self, address: Any) -> None:
        self.addresses.append(address)

    def resolutionComplete(self) -> None:
        self.complete_count += 1


def resolve(reactor: Reactor, host: str = "name.example", address_types: Any = None) -> Iterator[str]:
    receiver = Receiver()
    reactor.nameResolver.resolveHostName(receiver, host, 80, address_types, "TCP")
    assert receiver.complete_count == 1
    return (address.host for address in receiver.addresses)


def test_public_addresses_come_through_and_private_ones_beside_them_do_not() -> None:
    reactor = Reactor(Answers(["10.0.0.1", "1.1.1.1", "::1", "2606:4700::1111"]))
    install_guard(reactor)
    assert list(resolve(reactor)) == ["1.1.1.1", "2606:4700::1111"]


def test_a_name_that_changes_its_answer_is_refused_the_second_time() -> None:
    reactor = Reactor(Answers(["1.1.1.1"], ["127.0.0.1"]))
    install_guard(reactor)
    assert list(resolve(reactor)) == ["1.1.1.1"]
    with pytest.raises(BlockedAddress) as refused:
        list(resolve(reactor))
    assert (refused.value.host, refused.value.address) == ("name.example", "127.0.0.1")


def test_a_name_without_addresses_stays_without() -> None:
    reactor = Reactor(Answers([]))
    install_guard(reactor)
    assert list(resolve(reactor)) == []


def test_a_caller_that_wants_ipv4_alone_gets_no_address() -> None:
    reactor = Reactor(Answers(["127.0.0.1"]))
    install_guard(reactor)
    assert list(resolve(reactor, address_types=[IPv4Address])) == []


def test_a_trusted_host_may_be_private_and_no_other() -> None:
    reactor = Reactor(Answers(["127.0.0.1"], ["127.0.0.1"]))
    install_guard(reactor, trusted_hosts={"proxy.example"})
    assert list(resolve(reactor, "proxy.example")) == ["127.0.0.1"]
    with pytest.raises(BlockedAddress):
        list(resolve(reactor))


def test_the_guard_is_installed_once_and_comes_off() -> None:
    inner = Answers()
    reactor = Reactor(inner)
    install_guard(reactor)
    install_guard(reactor)
    remove_guard(reactor)
    assert reactor.nameResolver is inner
    remove_guard(reactor)
    assert reactor.nameResolver is inner
