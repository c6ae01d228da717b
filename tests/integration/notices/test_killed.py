"""A daemon that is killed while it tells operators tells them in the end, under the same id. Runs on both databases."""

from __future__ import annotations

import json

from tests.support.processes import line_of, python
from tests.support.receivers import Receiver
from tests.support.stores import Place


def test_killed_at_any_statement_a_notice_is_made_once_and_arrives(place: Place, receiver: Receiver) -> None:
    place.open().close()
    with python("tests.support.killed_notices", str(place.folder), place.database_url, receiver.url) as process:
        assert int(line_of(process)) > 5
    bodies = [json.loads(body) for _, body in receiver.calls]
    assert {(each["id"], *(one["kind"] for one in each["began"])) for each in bodies} == {(bodies[0]["id"], "engine")}
    (delivery,) = place.open().notices.newest(limit=9)
    assert (delivery.state, delivery.message.id) == ("told", bodies[0]["id"])
