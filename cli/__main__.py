"""`python -m cli` is `newsdex`."""

from cli.main import run

if __name__ == "__main__":
    run()
