"""The commands of `newsdex` and their options; implementations are in cli.commands, imported when called.

Exit codes: 0 done, 1 failed, 2 a setting, source file or option is wrong, 3 not found, 4 the store and 5 the search
engine cannot be used.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from cli.apps import (
    archive,
    beginning,
    crawling,
    index,
    keeping,
    keys,
    notices,
    reading,
    requests,
    searches,
    serving,
    sources,
)
from cli.exit_codes import INTERRUPTED
from cli.groups import add_section, command_group
from cli.usage import usage_line
from news.errors import ConfigError, NewsdexError

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})  # errors of writing to a full disk

app = command_group(
    "Follows news sites, keeps every version of every article, and makes them searchable.",
    ending="Exit codes: 0 done; 1 failed; 2 a setting, source file or option is wrong; 3 what was named does not "
    "exist; 4 the store cannot be used; 5 the search engine cannot be used; 130 interrupted.",
    completes=True,
)


def _print_version(is_asked: bool) -> None:
    if is_asked:
        from importlib.metadata import version

        print(f"newsdex {version('newsdex')}")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
    config: Annotated[Path | None, typer.Option(help="The settings file to use instead of ./newsdex.yaml.")] = None,
) -> None:
    if config is not None:
        if config.is_dir():
            raise ConfigError(f"{config}: is a folder; name the settings file in it, such as {config / 'newsdex.yaml'}")
        if not config.is_file():
            raise ConfigError(f"{config}: there is no such settings file; write it with `newsdex init {config}`")
        os.environ["NEWSDEX_CONFIG"] = str(config)


for heading, commands in (
    ("To begin", beginning.app),
    ("Fetching articles", crawling.app),
    ("Searching and reading", reading.app),
    ("Running", serving.app),
    ("Keeping the record", keeping.app),
):
    add_section(app, heading, commands)
for name, group in (
    ("sources", sources.app),
    ("searches", searches.app),
    ("requests", requests.app),
    ("keys", keys.app),
    ("notices", notices.app),
    ("archive", archive.app),
    ("index", index.app),
):
    app.add_typer(group, name=name, rich_help_panel="Groups of commands")


def run() -> None:
    """Run the command line; a known error becomes one line and its exit code."""
    try:
        ended = app(prog_name="newsdex", standalone_mode=False)  # otherwise a wrong option takes four lines
        sys.stdout.flush()  # here, where a full disk can still be reported
        sys.exit(ended)
    except typer.Abort:  # Ctrl-C
        sys.exit(INTERRUPTED)
    except typer.TyperException as error:
        print(usage_line(error), file=sys.stderr)
        sys.exit(ConfigError.exit_code)
    except NewsdexError as error:
        print(f"newsdex: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except BrokenPipeError:  # the reader of our output is gone, as with `head`
        _write_no_more()
        sys.exit(1)
    except OSError as error:
        if error.errno not in FULL or error.filename is not None:
            raise
        print(f"newsdex: the output is cut off ({error.strerror}); make room or write it elsewhere", file=sys.stderr)
        _write_no_more()
        sys.exit(1)


def _write_no_more() -> None:
    """Discard what is buffered for standard output, so that the interpreter does not fail on exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    run()
