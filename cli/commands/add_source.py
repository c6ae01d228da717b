"""`sources add`: a source file for a site, proposed from any one of its addresses."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import typer

from cli.addresses import check_address
from cli.commands.proposal_shown import facts_of, print_proposal
from cli.output import console, print_json
from cli.wiring import Installation, installation
from config.drafts import Draft, checked, draft_text, free_id
from config.sources import SUFFIX, is_source_id
from crawler.fetching.exchange import FetchFailed
from crawler.politeness.turns import turns_of
from crawler.proposals.autopilot import propose
from crawler.proposals.probing import Prober
from crawler.proposals.proposal import Proposal
from crawler.reading.pool import ReadingPool
from news.addresses import literal_address
from news.errors import ConfigError, NewsdexError
from news.urls import host_of, normalize_url, without_login
from store.clock import utc_now

P = ParamSpec("P")
T = TypeVar("T")


def add_source(
    address: str, *, source_id: str | None, into: Path | None, yes: bool, dry_run: bool, force: bool, as_json: bool
) -> None:
    """Examine a site, print the proposed source and write its file.

    Without `yes` a person is asked first; `dry_run` prints the file instead. Only `force` replaces an existing file, or
    with `yes` writes one of which no sample could be read. Raises NewsdexError when the site cannot be followed.
    """
    with installation() as opened:
        folder = into or opened.settings.sources_dir
        if folder is None and not dry_run:
            raise ConfigError("no folder for your source files: set sources_dir, or name one with --into")
        check_address(_whole(address), typed=repr(address))
        _check_id(source_id)
        sources = opened.sources_so_far  # read before the site is contacted in vain
        if source_id is not None and folder is not None and not dry_run:
            _refuse_to_overwrite(folder / f"{source_id}{SUFFIX}", force=force)
        proposal = _proposal(opened, address, quiet=as_json)
        followed = [each.id for each in sources if host_of(proposal.home_url) in each.hosts]
        taken = {each.id for each in sources} - (set(followed) if force else set())
        source_id = source_id or free_id(_names_for_id(proposal), taken)
        text = draft_text(_draft(_in_a_file(address), proposal))
        checked(text, source_id=source_id, name=f"{source_id}{SUFFIX}")
        path = (folder or Path()) / f"{source_id}{SUFFIX}"
        if not as_json:
            print_proposal(proposal, opened.zone)
            if followed:
                console.print(f"the host is followed already, by {', '.join(followed)}")
        if dry_run:
            _show(text, as_json=as_json, facts=facts_of(proposal, source_id, text, written_to=None))
            return
        _refuse_to_overwrite(path, force=force)
        _refuse_anothers(proposal, source_id, followed, opened)
        _have_agreed(proposal, path, yes=yes, force=force, as_json=as_json)
        _write(path, text)
        if as_json:
            print_json(facts_of(proposal, source_id, text, written_to=path))
        else:
            console.print(f"written to {path}; `newsdex crawl {source_id}` asks it now")


def _check_id(source_id: str | None) -> None:
    if source_id is not None and not is_source_id(source_id):
        wrong = f"--id {source_id!r} cannot be a source's id"
        raise ConfigError(f"{wrong}; use small letters, digits and hyphens, 64 at most, and no device name of Windows")


def _names_for_id(proposal: Proposal) -> tuple[str, ...]:
    """What the source may be named after: its host, or its name if the host is a bare address."""
    host = host_of(proposal.home_url).removeprefix("www.")
    if literal_address(host):
        return (proposal.name,) if proposal.name != host else ()
    return (host.partition(".")[0] if host[:1].isalpha() else host, host)


def _whole(address: str) -> str:
    address = " ".join(address.split())  # it appears in one-line messages
    return address if "://" in address else f"https://{address}"


def _in_a_file(address: str) -> str:
    """The address as it was given, without a user name and password."""
    whole = without_login(_whole(address))
    return whole if "://" in address else whole.removeprefix("https://")


def _proposal(opened: Installation, address: str, *, quiet: bool) -> Proposal:
    pool = ReadingPool(opened.settings.extraction)

    def tell(url: str) -> None:
        if not quiet and sys.stderr.isatty():
            print(f"asking {url}", file=sys.stderr)

    def read(function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        return asyncio.run(pool.run(function, *args, **kwargs))

    try:
        with turns_of(opened.settings.crawl, opened.store) as turns:
            prober = Prober(settings=opened.settings.crawl, turns=turns, on_request=tell)
            return propose(_whole(address), prober=prober, read=read, now=utc_now())
    except NewsdexError as error:
        cause = error.__cause__
        if "://" not in address and isinstance(cause, FetchFailed) and cause.may_speak_http:
            raise NewsdexError(f"{error}; where a site speaks no https, write http:// in front") from error
        raise
    finally:
        pool.close()


def _draft(address: str, proposal: Proposal) -> Draft:
    sure = f"confidence {proposal.confidence:.2f}: {'; '.join(check.evidence for check in proposal.checks)}"
    return Draft(
        comments=[f"Proposed by `newsdex sources add {address}`, {sure}."],
        name=proposal.name,
        home_url=proposal.home_url,
        language=proposal.language,
        time_zone=proposal.time_zone,
        feeds=proposal.feeds,
        sitemaps=proposal.sitemaps,
        sitemaps_from_robots=proposal.sitemaps_from_robots,
        sections=proposal.sections,
        hosts=proposal.hosts,
        articles=[proposal.article_pattern] if proposal.article_pattern else [],
        renders=proposal.renders,
    )


def _show(text: str, *, as_json: bool, facts: dict[str, Any]) -> None:
    if as_json:
        print_json(facts)
    else:
        console.print(f"\n{text}", soft_wrap=True, end="")


def _refuse_to_overwrite(path: Path, *, force: bool) -> None:
    if path.exists() and not force:
        raise ConfigError(f"{path}: exists; --force replaces it, --id gives the source another name")


def _refuse_anothers(proposal: Proposal, source_id: str, followed: Sequence[str], opened: Installation) -> None:
    """Refuse a source that would fetch nothing, because all that it names belongs to another one."""
    owners = opened.store.frontier.owners([normalize_url(way.url) or way.url for way in proposal.ways if way.chosen])
    if not owners or source_id in owners:
        return
    owner = min(owners)
    if owner in followed:
        raise ConfigError(
            f"{owner} follows all of this already; nothing was written. --force without --id replaces its file"
        )
    raise ConfigError(f"all of this belongs to {owner}, which was followed before; --id {owner} follows it again")


def _have_agreed(proposal: Proposal, path: Path, *, yes: bool, force: bool, as_json: bool) -> None:
    """Ask a person unless `yes` was given, which is not enough for a doubtful proposal. Raises NewsdexError."""
    if yes and not force and proposal.is_doubtful:
        why = proposal.checks[0].evidence
        raise NewsdexError(f"nothing was written, {why}; --dry-run shows the file, --force writes it all the same")
    if not yes and not _agreed(path, default=not proposal.is_doubtful, as_json=as_json):
        raise NewsdexError(f"nothing was written; the same command with --yes writes {path}")


def _agreed(path: Path, *, default: bool, as_json: bool) -> bool:
    """Whether a person agrees; False when nobody can be asked."""
    return not as_json and sys.stdin.isatty() and typer.confirm(f"write {path}?", default=default)


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error.strerror}; name another folder with --into") from error
