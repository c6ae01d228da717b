"""Reading OPML, the subscription list that feed readers export, as sources to follow.

The format: OPML 2.0 (opml.org). Nested outlines are folders; an outline with an xmlUrl is a feed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from xml.parsers import expat

from pydantic import ValidationError

from config.drafts import MAX_NAME_LENGTH, free_id, written
from config.problems import Problem, problems_of, quoted
from config.source_file import SourceFile
from config.yaml_lines import read_yaml
from news.errors import ConfigError

MAX_FILE_BYTES = 8 * 1024 * 1024  # a choice: a reader's export of 10,000 feeds is about 3 MB
MAX_DEPTH = 64  # a choice: nesting of folders


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedOutline:
    """One feed as listed in the file."""

    line: int
    title: str  # as shown to people; may be empty
    feed_url: str
    home_url: str  # may be empty
    language: str  # may be empty
    folders: tuple[str, ...]  # the outlines around it


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """A source file to write for one feed."""

    source_id: str
    feed_url: str
    text: str  # the YAML


@dataclass(frozen=True, kw_only=True, slots=True)
class Import:
    """The result of importing a whole OPML file."""

    proposals: list[Proposal] = field(default_factory=list)
    known: dict[str, str] = field(default_factory=dict)  # feed URL -> id of the source that already follows it
    problems: list[Problem] = field(default_factory=list)  # outlines that do not make a source


def read_opml(content: bytes, *, name: str) -> list[FeedOutline]:
    """The feeds of an OPML file in order; raises ConfigError naming file and line.

    A document type is refused before anything in it is read, so there are no entities to expand or fetch.
    """
    if len(content) > MAX_FILE_BYTES:
        raise ConfigError(f"{name}: {len(content)} bytes are too many for a list of feeds; split it in parts")
    return _Reader(name).read(content)


def plan_import(outlines: list[FeedOutline], *, name: str, followed: dict[str, str], taken: Collection[str]) -> Import:
    """Propose a source file for every feed that is new.

    `followed` maps the feed URLs of existing sources to their ids, `taken` holds all ids in use; neither is modified,
    and no proposal gets an id from them.
    """
    result = Import()
    ids, seen = set(taken), dict(followed)
    for outline in outlines:
        if outline.feed_url in seen:
            result.known[outline.feed_url] = seen[outline.feed_url]
            continue
        source_id = _free_id(outline, ids)
        text = _source_text(outline, outline.home_url or _origin(outline.feed_url))
        if _problem(text, outline, name):  # a bad htmlUrl is no reason to leave out a good feed
            text = _source_text(outline, _origin(outline.feed_url))
        problem = _problem(text, outline, name)
        if problem is not None:
            result.problems.append(problem)
            continue
        ids.add(source_id)
        seen[outline.feed_url] = source_id
        result.proposals.append(Proposal(source_id=source_id, feed_url=outline.feed_url, text=text))
    return result


class _Reader:
    """Collects outlines from the parser's events; no tree is built."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._open: list[str | None] = []  # titles of the enclosing outlines; None for other elements
        self._found: list[FeedOutline] = []

    def read(self, content: bytes) -> list[FeedOutline]:
        try:
            self._parser.Parse(content, True)
        except expat.ExpatError as error:
            why = expat.errors.messages.get(error.code, "cannot be read")
            raise self._refuse(f"not XML: {why}; export the list again", line=error.lineno) from error
        return self._found

    def _refuse(self, what: str, *, line: int | None = None) -> ConfigError:
        return ConfigError(f"{self._name}, line {line or self._parser.CurrentLineNumber}: {what}")

    def _doctype(self, *_: object) -> None:
        raise self._refuse("a document type is not read here; delete the <!DOCTYPE …> and the entities it declares")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if not self._open and tag.lower() != "opml":
            raise self._refuse(f"the file starts with <{tag[:40]}>, not <opml>; export the list as OPML")
        if len(self._open) >= MAX_DEPTH:
            raise self._refuse(f"folders are nested more than {MAX_DEPTH} deep; flatten the list")
        if tag.lower() != "outline":
            self._open.append(None)
            return
        given = {key.lower(): _plain(value) for key, value in attributes.items()}
        title = given.get("title") or given.get("text", "")
        if given.get("xmlurl"):
            self._found.append(
                FeedOutline(
                    line=self._parser.CurrentLineNumber,
                    title=title,
                    feed_url=given["xmlurl"],
                    home_url=given.get("htmlurl", ""),
                    language=given.get("language", ""),
                    folders=tuple(folder for folder in self._open if folder),
                )
            )
        self._open.append(title)

    def _end(self, _tag: str) -> None:
        self._open.pop()


def _plain(text: str) -> str:
    """One line without control and formatting characters, which YAML and terminals would interpret."""
    words = " ".join(text.split())
    return "".join(c for c in words if unicodedata.category(c) not in {"Cc", "Cf", "Zl", "Zp"}).strip()


def _free_id(outline: FeedOutline, taken: Collection[str]) -> str:
    """An unused id made from the title, or else from the host."""
    host = (_parts(outline.home_url) or _parts(outline.feed_url) or ("", "feed"))[1]
    return free_id((outline.title, host.removeprefix("www."), "feed"), taken)


def _source_text(outline: FeedOutline, home: str) -> str:
    name = outline.title or (_parts(home) or ("", home))[1]
    lines = [f"# Proposed from OPML{_folder_words(outline.folders)}. docs/sources.md tells what else can be said here."]
    lines += [f"name: {written(name[:MAX_NAME_LENGTH])}", f"home_url: {written(home)}"]
    language = re.match(r"([A-Za-z]{2})(?:$|[-_])", outline.language)
    if language:
        lines.append(f"language: {written(language[1].lower())}")
    lines += ["feeds:", f"  - {written(outline.feed_url)}"]
    return "\n".join(lines) + "\n"


def _folder_words(folders: tuple[str, ...]) -> str:
    return f", folder {' / '.join(folders)}" if folders else ""


def _problem(text: str, outline: FeedOutline, name: str) -> Problem | None:
    """Why the proposed file would be rejected, worded for the outline it was made from."""
    try:
        document = read_yaml(text.encode("utf-8", "replace"), name=name)
        SourceFile.model_validate(document.data)
    except ValidationError as error:
        messages = [problem.message for problem in problems_of(error, SourceFile, document, {})]
        message = next((one for one in messages if one.startswith("feeds[0]")), messages[0])
    except ConfigError:
        message = f"feeds[0]: {quoted(outline.feed_url)} cannot be written as a source; write its file by hand"
    else:
        return None
    message = message.replace("feeds[0]:", "xmlUrl:", 1)
    return Problem(file=name, line=outline.line, message=message)


def _parts(url: str) -> tuple[str, str] | None:
    """Scheme and host of a web address; None for anything else."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return None
    return (parts.scheme, host) if parts.scheme in {"http", "https"} and host else None


def _origin(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return f"{parts.scheme}://{parts.netloc}/"
