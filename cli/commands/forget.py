"""`forget`: removes an article for good and keeps it from coming back."""

from __future__ import annotations

import sys
from pathlib import Path

from cli.commands.show import article_at
from cli.operating import operations_of
from cli.output import console, counted, print_json, says_yes
from cli.wiring import Installation, installation
from news.errors import ConfigError, NotFoundError
from news.urls import normalize_url
from store.clock import utc_now
from store.records import Held

FINISHED_BY = "a running daemon finishes what was begun within a minute, and so does the same command again"


def forget_target(target: str, *, reason: str, yes: bool, unmet: bool = False, as_json: bool) -> None:
    """Forget an article or an address, after asking; one never seen before only if `unmet`."""
    with installation() as opened:
        opened.store.forgetting.finish_begun()
        held = _held(opened, target, unmet=unmet)
        if not yes and not _agreed(opened, held, as_json=as_json):
            console.print("nothing was forgotten")
            return
        try:
            done = opened.store.forgetting.forget(held, reason=reason, now=utc_now())
        except KeyboardInterrupt:
            print(f"newsdex: broken off; {FINISHED_BY}", file=sys.stderr)
            raise
        note = _deliver(opened)
        if as_json:
            print_json({"forgotten": done, "addresses": held.addresses, "index": note or "told"})
            return
        gone = f"{counted(done.version_count, 'version')}, {counted(done.record_count, 'archived record')}"
        console.print(f"forgotten: {gone} in {counted(done.file_count, 'file')}; what is never taken up again:")
        for address in held.addresses:
            console.print(f"  {address}")
        console.print(f"the index: {note or 'it finds the article no more'}")
        list_path = Path(opened.store.forgetting.list_path)
        console.print(f"keep {list_path} when you restore a backup made before today; it wins")


def _held(opened: Installation, target: str, *, unmet: bool) -> Held:
    article_id = article_at(opened, target)
    if article_id is not None:
        return opened.store.forgetting.held(article_id, [])
    strip = {name for source in opened.sources for name in source.strip_parameters}
    address = normalize_url(target, strip_parameters=strip)
    if address is None:
        raise NotFoundError(f"{target!r} is neither an article's id nor an address; try `newsdex search`")
    forgetting = opened.store.forgetting
    if not (unmet or opened.store.frontier.find(address) or forgetting.first_forgotten([address])):
        raise NotFoundError(
            f"{target!r} was never met, so nothing of it is kept; check how it is written, "
            "or add --unmet to have it never taken up"
        )
    return forgetting.held(None, [address])


def _agreed(opened: Installation, held: Held, *, as_json: bool) -> bool:
    if as_json or not sys.stdin.isatty():
        raise ConfigError("what is forgotten cannot be brought back; say --yes where nobody can be asked")
    view = opened.store.articles.get(held.article_ids[0]) if held.article_ids else None
    console.print(view.stored.article.title if view else "no article of this address is kept")
    for address in held.addresses:
        console.print(f"  {address}")
    gone = counted(held.version_count, "version")
    console.print(f"{gone} would go, from record, index and archive, and cannot be brought back")
    return says_yes("forget this for good?")


def _deliver(opened: Installation) -> str:
    """Update the index now; returns a note if another process does it or the engine does not answer."""
    if operations_of(opened).daemon() is not None:
        return "the running daemon tells it within a second"
    return opened.deliver().note
