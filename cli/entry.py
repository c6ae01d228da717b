"""Where `newsdex` begins: what the commands import takes a second, in which Ctrl-C is no error either."""

import sys

INTERRUPTED_EXIT_CODE = 130  # as shells give it after Ctrl-C


def run() -> None:
    """Run the command line; see cli.main."""
    try:
        from cli.main import run as run_command

        run_command()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED_EXIT_CODE)
