"""The entry point of `newsdex`: handles Ctrl-C even while a command is imported, which can take a second."""

import io
import sys

from cli.exit_codes import INTERRUPTED


def print_what_there_is() -> None:
    """Make a terminal of ISO 8859 or the like show the code of a character it lacks, since printing would fail."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="backslashreplace")


def run() -> None:
    """Run the command line; see cli.main."""
    try:
        print_what_there_is()
        from cli.main import run as run_command

        run_command()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
