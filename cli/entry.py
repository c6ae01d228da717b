"""Where `newsdex` begins: importing a command takes up to a second, during which Ctrl-C is not an error either."""

import io
import sys

INTERRUPTED_EXIT_CODE = 130  # as shells give it after Ctrl-C


def print_what_there_is() -> None:
    """Have a terminal of ISO 8859 and the like show the code of a character that it lacks; else printing would fail."""
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
        sys.exit(INTERRUPTED_EXIT_CODE)
