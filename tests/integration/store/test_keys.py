"""Keys: digests at rest, scopes that include one another, an end to each. Runs on both databases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from news.keys import Scope
from store.keys import Keys
from store.schema import api_key
from store.service import Store
from store.sql.database import Database, sqlite_url
from tests.support.stores import NOW, Place, after, with_tables


def test_a_key_is_known_by_its_secret_and_kept_as_a_digest(place: Place) -> None:
    store = place.open()
    view, written = store.keys.create("newsroom", Scope.OPERATE, now=NOW)
    assert store.keys.check(written, now=after(hours=1)) == view
    assert store.keys.check(written[:-1] + ("0" if written[-1] != "0" else "1"), now=NOW) is None
    assert store.keys.check("ndx_unknown", now=NOW) is None
    (listed,) = store.keys.all()
    assert listed.last_used_at == after(hours=1)
    with place.database().read() as connection:
        assert written not in str(connection.execute(sa.select(api_key)).all())


def test_a_key_opens_while_another_process_writes(tmp_path: Path) -> None:
    place = Place(with_tables(tmp_path / "data"), None)
    _, written = place.open().keys.create("newsroom", Scope.READ, now=NOW)
    impatient = Database(sqlite_url(place.folder / "newsdex.sqlite"), busy_timeout_seconds=0)
    with place.database().write():
        assert Keys(impatient).check(written, now=NOW) is not None
    impatient.close()
    place.close()


def test_a_revoked_key_is_unknown(store: Store) -> None:
    view, written = store.keys.create("newsroom", Scope.READ, now=NOW)
    assert store.keys.in_force()
    assert store.keys.revoke(view.id, now=NOW)
    assert store.keys.check(written, now=NOW) is None
    assert not store.keys.revoke(view.id, now=NOW)
    assert not store.keys.in_force()


def test_rotating_replaces_a_key(store: Store) -> None:
    old, written = store.keys.create("newsroom", Scope.ADMIN, now=NOW)
    made = store.keys.rotate(old.id, now=after(days=1))
    assert made is not None
    new, rewritten = made
    assert (new.name, new.scope) == (old.name, old.scope)
    assert store.keys.check(written, now=NOW) is None
    assert store.keys.check(rewritten, now=NOW) is not None
    assert store.keys.rotate(old.id, now=NOW) is None


@pytest.mark.parametrize("statement", ["INSERT INTO api_key", "UPDATE api_key"])
def test_a_rotation_that_fails_leaves_the_old_key_and_no_other(store: Store, statement: str) -> None:
    old, written = store.keys.create("newsroom", Scope.ADMIN, now=NOW)

    def fail(connection: Any, cursor: Any, text: str, *more: Any) -> None:
        if text.startswith(statement):
            raise RuntimeError("the machine stops here")

    sa.event.listen(store._database._engine, "before_cursor_execute", fail)
    with pytest.raises(RuntimeError):
        store.keys.rotate(old.id, now=NOW)
    sa.event.remove(store._database._engine, "before_cursor_execute", fail)
    assert [key.id for key in store.keys.all() if key.revoked_at is None] == [old.id]
    assert store.keys.check(written, now=NOW) is not None


def test_a_key_made_elsewhere_is_taken_once(store: Store) -> None:
    written = "ndx_00112233aabb_" + "5" * 48
    assert store.keys.admit("compose", Scope.ADMIN, written, now=NOW)
    assert not store.keys.admit("compose", Scope.ADMIN, written, now=NOW)
    assert store.keys.check(written, now=NOW) is not None
    with pytest.raises(ValueError, match="not a key"):
        store.keys.admit("compose", Scope.ADMIN, "secret", now=NOW)


def test_each_scope_includes_the_ones_before_it() -> None:
    assert Scope.ADMIN.allows(Scope.READ)
    assert Scope.OPERATE.allows(Scope.OPERATE)
    assert not Scope.READ.allows(Scope.OPERATE)
