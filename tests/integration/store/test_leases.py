"""Leases between crawls, processes and machines. Runs on both databases."""

from __future__ import annotations

import os
import signal
from contextlib import closing
from pathlib import Path
from threading import Barrier, Thread

import sqlalchemy as sa

from store.leases.service import LEASE_SECONDS, Leases
from store.schema import lease
from store.service import Store
from store.sql.database import Database
from tests.support.processes import line_of, python
from tests.support.stores import NOW, Place, after

HOSTS = ["host:a.example", "host:b.example"]


def held_by_another_machine(place: Place, name: str) -> None:
    values = {"holder": "elsewhere/0000:1:1", "acquired_at": NOW, "expires_at": after(seconds=LEASE_SECONDS)}
    with place.database().write() as connection:
        connection.execute(sa.insert(lease).values(name=name, **values))


def test_a_lease_is_granted_once_and_free_again_after_release(store: Store) -> None:
    first, second = store.leases.claimant("1"), store.leases.claimant("2")
    assert first.acquire(HOSTS, now=NOW).granted
    refused = second.acquire([HOSTS[0]], now=NOW)
    assert (refused.granted, refused.holder) == (False, store.leases.holder_of(HOSTS[0], now=NOW))
    assert refused.held_by.startswith(f"process {os.getpid()} on ")
    assert refused.holder is not None
    first.release(HOSTS)
    assert second.acquire([HOSTS[0]], now=NOW).granted


def test_leases_are_taken_all_or_none(store: Store) -> None:
    store.leases.claimant("1").acquire([HOSTS[1]], now=NOW)
    assert not store.leases.claimant("2").acquire(HOSTS, now=NOW).granted
    assert store.leases.holder_of(HOSTS[0], now=NOW) is None


def test_the_holder_may_ask_again(store: Store) -> None:
    first = store.leases.claimant("1")
    assert first.acquire(HOSTS, now=NOW).granted
    assert first.acquire(HOSTS + HOSTS, now=after(seconds=30)).granted
    assert not store.leases.claimant("2").acquire(HOSTS, now=after(seconds=LEASE_SECONDS)).granted


def test_what_is_handed_over_is_held_in_the_new_name(store: Store) -> None:
    first, other = store.leases.claimant("1"), store.leases.claimant("2")
    first.acquire(HOSTS[:1], now=NOW)
    other.acquire(HOSTS[1:], now=NOW)
    run = first.hand_over(HOSTS, "run 5")
    assert run.renew(HOSTS[:1], now=NOW)
    assert not first.renew(HOSTS[:1], now=NOW)
    assert not run.renew(HOSTS[1:], now=NOW)
    assert str(store.leases.holder_of(HOSTS[0], now=NOW)).endswith("#run 5")


def test_releasing_leaves_the_leases_of_others(store: Store) -> None:
    store.leases.claimant("1").acquire(HOSTS, now=NOW)
    store.leases.claimant("2").release(HOSTS)
    assert store.leases.holder_of(HOSTS[0], now=NOW) is not None


def test_a_renewed_lease_lasts_and_a_lost_one_cannot_be_renewed(store: Store) -> None:
    first, second = store.leases.claimant("1"), store.leases.claimant("2")
    first.acquire(HOSTS, now=NOW)
    assert first.renew(HOSTS, now=after(seconds=30))
    assert not second.acquire(HOSTS, now=after(seconds=LEASE_SECONDS)).granted
    taken = second.acquire(HOSTS, now=after(seconds=30 + LEASE_SECONDS))
    assert (taken.granted, taken.took_over) == (True, True)
    assert not first.renew(HOSTS, now=after(seconds=31 + LEASE_SECONDS))


def test_another_machines_lease_holds_until_it_expires(place: Place) -> None:
    store = place.open()
    held_by_another_machine(place, "drain")
    assert not store.leases.acquire(["drain"], now=after(seconds=LEASE_SECONDS - 1)).granted
    assert store.leases.acquire(["drain"], now=after(seconds=LEASE_SECONDS)).took_over


def test_a_process_that_lives_is_shown_though_it_could_not_renew(place: Place) -> None:
    store, late = place.open(), after(seconds=2 * LEASE_SECONDS)
    store.leases.acquire(["daemon"], now=NOW)
    held_by_another_machine(place, "elsewhere")
    assert store.leases.holder_of("daemon", now=late) is None
    assert store.leases.living_holder_of("daemon", now=late) is not None
    assert store.leases.living_holder_of("elsewhere", now=NOW) is not None
    assert store.leases.living_holder_of("elsewhere", now=late) is None
    store.leases.release(["daemon"])
    assert store.leases.living_holder_of("daemon", now=NOW) is None


def test_of_many_asking_at_the_same_time_one_is_granted(place: Place) -> None:
    leases = [place.open().leases.claimant(str(n)) for n in range(4)]
    for name in ("host:x", "host:y", "host:z"):
        start = Barrier(len(leases))
        granted: list[bool] = []

        def ask(lease: Leases, name: str = name, start: Barrier = start, granted: list[bool] = granted) -> None:
            start.wait(timeout=600)
            granted.append(lease.acquire([name, "host:shared-" + name], now=NOW).granted)

        threads = [Thread(target=ask, args=(lease,)) for lease in leases]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=600)
        assert sorted(granted) == [False, False, False, True], name


def test_a_killed_processs_lease_is_taken_at_once(place: Place) -> None:
    store = place.open()
    with python("tests.support.lease_holder", database_url(place), "drain", NOW.isoformat()) as process:
        assert line_of(process) == "granted"
        refused = store.leases.acquire(["drain"], now=NOW)
        assert not refused.granted
        assert f":{process.pid}:" in str(refused.holder)
        process.kill()
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)  # dead, but nobody has asked for its status yet
        claim = store.leases.acquire(["drain"], now=NOW)
        assert (claim.granted, claim.took_over) == (True, True)


def test_a_stopped_process_loses_its_lease_by_time_and_sees_so_when_it_goes_on(place: Place) -> None:
    store = place.open()
    with python("tests.support.lease_holder", database_url(place), "drain", NOW.isoformat()) as process:
        assert line_of(process) == "granted"
        os.kill(process.pid, signal.SIGSTOP)
        assert not store.leases.acquire(["drain"], now=after(seconds=LEASE_SECONDS - 1)).granted
        assert store.leases.acquire(["drain"], now=after(seconds=LEASE_SECONDS)).granted
        os.kill(process.pid, signal.SIGCONT)
        os.kill(process.pid, signal.SIGUSR1)
        assert line_of(process) == "lost"


def database_url(place: Place) -> str:
    database: Database = place.database()
    return database.url.render_as_string(hide_password=False)


def test_a_lease_is_found_until_the_file_is_taken_away_or_replaced(tmp_path: Path) -> None:
    file = tmp_path / "data" / "newsdex.sqlite"
    with closing(Place(file.parent, None)) as place:
        mine = place.open().leases.claimant("daemon")
        mine.acquire(["daemon"], now=NOW)
        with place.database().write():  # a busy file is no other
            assert mine.is_found("daemon")
        file.parent.rename(tmp_path / "moved")
        assert not mine.is_found("daemon")
        place.open()
        assert not mine.is_found("daemon")
        for other in (b"", b"no database at all"):
            file.write_bytes(other)
            assert not mine.is_found("daemon")
