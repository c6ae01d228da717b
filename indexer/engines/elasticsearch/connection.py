"""The client of a server, and what its errors mean to the operator."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from typing import Any

from elasticsearch import ApiError, Elasticsearch, SSLError, TransportError

from config.settings import EngineSettings
from indexer.engines.elasticsearch.bulks import BUSY
from news.errors import EngineError, EngineUnavailable
from news.urls import without_login

_SIGN_IN = "look at engine.elasticsearch_api_key, or user name and password, and at what they may do"
# What the transport puts before the cause; it repeats the address
_TRANSPORT_TALK = re.compile(r"^\w+\(host=[^)]*\): (?:Failed to establish a new connection: )?(?:\[Errno \d+\] )?")


@contextlib.contextmanager
def reported(where: str) -> Iterator[None]:
    """Raise EngineUnavailable or EngineError for what the client raises; `where` names the server or index."""
    try:
        yield
    except SSLError as error:
        advice = "engine.elasticsearch_ca_file names the authority of its certificate"
        raise EngineUnavailable(f"Elasticsearch at {where} is not trusted: {line_of(error)}; {advice}") from error
    except TransportError as error:
        advice = "start it, or mend engine.elasticsearch_url"
        raise EngineUnavailable(f"Elasticsearch at {where} does not answer: {line_of(error)}; {advice}") from error
    except ApiError as error:
        blocked = error.status_code == 403 and "cluster_block" in str(error.error)
        if error.status_code in BUSY or blocked:
            raise EngineUnavailable(f"Elasticsearch at {where} cannot take it now: {line_of(error)}") from error
        advice = _SIGN_IN if error.status_code in {401, 403} else "see its log"
        raise EngineError(f"Elasticsearch at {where} refused: {line_of(error)}; {advice}") from error


def client_for(settings: EngineSettings) -> Elasticsearch:
    """A client that retries nothing by itself. Raises EngineError if the address is none."""
    options: dict[str, Any] = {"request_timeout": settings.timeout_seconds, "retry_on_timeout": False, "max_retries": 0}
    if settings.elasticsearch_api_key is not None:
        options["api_key"] = settings.elasticsearch_api_key.get_secret_value()
    elif settings.elasticsearch_username is not None and settings.elasticsearch_password is not None:
        password = settings.elasticsearch_password.get_secret_value()
        options["basic_auth"] = (settings.elasticsearch_username, password)
    if settings.elasticsearch_ca_file is not None:
        options["ca_certs"] = str(settings.elasticsearch_ca_file)
    try:
        return Elasticsearch(settings.elasticsearch_url, **options)
    except ValueError as error:
        where = without_login(settings.elasticsearch_url)
        raise EngineError(f"engine.elasticsearch_url is {where!r}: {line_of(error)}") from error


def line_of(error: BaseException) -> str:
    """An error as one short line."""
    told = error.message if isinstance(error, TransportError) else error  # its str() leaves out the cause
    return _TRANSPORT_TALK.sub("", " ".join(str(told).split()))[:200]
