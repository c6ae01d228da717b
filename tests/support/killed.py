"""Runs the command line and kills it with SIGKILL before or after the n-th call of one function.

python killed.py module:function|module:Class.method before|after n -- crawl source
"""

from __future__ import annotations

import functools
import importlib
import os
import signal
import sys
from typing import Any


def main() -> None:
    target, when, nth = sys.argv[1:4]
    module_name, _, path = target.partition(":")
    class_name, _, name = path.rpartition(".")
    module = importlib.import_module(module_name)
    owner = getattr(module, class_name) if class_name else module
    real = getattr(owner, name)
    calls = 0

    @functools.wraps(real)
    def killing(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        is_last = calls == int(nth)
        if is_last and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(*args, **kwargs)
        if is_last:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, killing)
    sys.argv = ["newsdex", *sys.argv[5:]]
    from cli.main import run

    run()


if __name__ == "__main__":
    main()
