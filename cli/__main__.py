"""Lets `python -m cli` run `newsdex`."""

from cli.entry import run

if __name__ == "__main__":
    run()
