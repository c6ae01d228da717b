"""Which validators a page is asked with."""

from __future__ import annotations

from datetime import datetime
from email.utils import format_datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from crawler.crawls.conditions import usable_validators
from tests.support.stores import NOW, after

if TYPE_CHECKING:
    from store.records import FrontierRow


@pytest.mark.parametrize(("written", "is_sent"), [(NOW, True), (after(days=9000), False), (None, False)])
def test_a_time_in_the_future_is_no_validator(written: datetime | None, is_sent: bool) -> None:
    last_modified = format_datetime(written, usegmt=True) if written else "yesterday"
    row = cast("FrontierRow", SimpleNamespace(etag='"1"', last_modified=last_modified))
    known = usable_validators(row, after(hours=1))
    assert (known.last_modified is not None, known.etag) == (is_sent, '"1"')
