"""Addresses: what is on the public internet, in every form it can be written."""

from __future__ import annotations

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.addresses import blocked_reason, is_public_address, literal_address
from news.fetch import Outcome

NOT_PUBLIC = """
0.0.0.0 0.1.2.3 10.1.2.3 100.64.0.1 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.8
192.0.2.1 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
:: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 64:ff9b::127.0.0.1 64:ff9b::a00:1
64:ff9b:1::1 100::1 2001::1 2001:db8::1 2002:7f00:1:: 2002:a00:1:: 3fff::1 5f00::1 fc00::1 fd12::1 fe80::1
168.63.129.16 fe80::1%eth0 fec0::1 ff02::1 not-an-address 1.2.3 1.2.3.4:80
""".split()  # noqa: SIM905 - addresses read better as words
PRIVATE_HOSTS = """
127.0.0.1 [::1] [::ffff:127.0.0.1] 2130706433 0177.0.0.1 0x7f.1 localhost LOCALHOST. a.localhost %31%32%37.0.0.1
169.254.169.254 metadata.localhost
""".split()  # noqa: SIM905 - as above


@pytest.mark.parametrize("ip", ["", *NOT_PUBLIC])
def test_special_addresses_are_not_public(ip: str) -> None:
    assert not is_public_address(ip)


PUBLIC = ["1.1.1.1", "172.32.0.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::1.1.1.1", "2002:101:101::1"]


@pytest.mark.parametrize("ip", PUBLIC)
def test_ordinary_addresses_are_public(ip: str) -> None:
    assert is_public_address(ip)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("127.1", "127.0.0.1"),
        ("127.0.1", "127.0.0.1"),
        ("2130706433", "127.0.0.1"),
        ("0177.0.0.1", "127.0.0.1"),
        ("0x7f.1", "127.0.0.1"),
        ("0X7F000001", "127.0.0.1"),
        ("0", "0.0.0.0"),
        ("127.0.0.1.", "127.0.0.1"),
        ("[::1]", "::1"),
        ("::ffff:7f00:1", "::ffff:7f00:1"),
        ("example.com", None),
        ("1.2.3.4.5", None),
        ("256.1.1.1", None),
        ("1.16777216", None),
        ("08.1.1.1", None),
        ("", None),
        ("9" * 5000, None),
        ("::g", None),
    ],
)
def test_literals_are_read_as_the_resolver_reads_them(host: str, address: str | None) -> None:
    found = literal_address(host)
    assert found == address or (found and address and socket.inet_pton(socket.AF_INET6, found))


numbers = st.integers(0, 300)
written = numbers.map(str) | numbers.map(hex) | numbers.map("0{:o}".format)


@given(st.lists(written, min_size=1, max_size=4))
def test_literals_agree_with_inet_aton(parts: list[str]) -> None:
    host = ".".join(parts)
    try:
        expected = socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        expected = None
    assert literal_address(host) == expected


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "data:,x", "ftp://a.example/", "gopher://a", "a.example", "http://", "http://[", ""]
)
def test_other_schemes_are_refused(url: str) -> None:
    assert blocked_reason(url) is Outcome.BLOCKED_SCHEME
    assert blocked_reason(url, allow_private_networks=True) is Outcome.BLOCKED_SCHEME


@pytest.mark.parametrize("host", PRIVATE_HOSTS)
def test_private_literals_are_refused_before_any_request(host: str) -> None:
    assert blocked_reason(f"http://user@{host}:8080/x") is Outcome.BLOCKED_PRIVATE
    assert blocked_reason(f"http://{host}/", allow_private_networks=True) is None


def test_a_name_is_left_to_the_guard_at_connect_time() -> None:
    assert blocked_reason("https://example.com/") is None
