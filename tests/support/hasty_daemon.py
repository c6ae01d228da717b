"""`newsdex` whose daemon looks every second at what is wrong, for tests of what it tells."""

from __future__ import annotations

import scheduler.notifying.operators
from cli.entry import run

LOOK_SECONDS = 1.0

if __name__ == "__main__":
    scheduler.notifying.operators.LOOK_SECONDS = LOOK_SECONDS
    run()
