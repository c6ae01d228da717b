"""SURT keys: addresses in sortable form for the indexes of web archives, with the host reversed before the path.

Follows the SURT form of the Internet Archive's `surt`, as far as pywb and CDXJ need it for normalised addresses.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_WWW = re.compile(r"^www\d*\.")


def surt_key(url: str) -> str:
    """The key under which an index lists an address; for one without a host, the address in lower case.

    >>> surt_key("https://www.Example.com:443/A/b?z=1&a=2")
    'com,example)/a/b?a=2&z=1'
    >>> surt_key("http://10.0.0.1:8080/")
    '10.0.0.1:8080)/'
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return _one_word(url.lower())
    if not host:
        return _one_word(url.lower())
    host = _WWW.sub("", host)
    is_address = ":" in host or host.replace(".", "").isdigit()
    turned = host if is_address else ",".join(reversed(host.split(".")))
    usual = {"http": 80, "https": 443}.get(parts.scheme.lower())
    where = f"{turned}:{port}" if port not in (None, usual) else turned
    path = parts.path.lower() or "/"
    if len(path) > 1:
        path = path.rstrip("/") or "/"
    query = "&".join(sorted(parts.query.lower().split("&"))) if parts.query else ""
    return _one_word(f"{where}){path}" + (f"?{query}" if query else ""))


def _one_word(key: str) -> str:
    return "%20".join(key.split())
