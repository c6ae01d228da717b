"""The exit code of a command that no error ended; those of errors are in news/errors.py."""

INTERRUPTED = 130  # as shells report Ctrl-C
