"""What simulated hosts allow, told apart from what the product believes: nothing of it is imported here.

The oracle sees what reaches the hosts and what answers were delivered, and notes every request that was not allowed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

GRAIN_SECONDS = 0.002  # stored times are cut to microseconds, headers to seconds are taken as they were sent
ROBOTS_LIFE_SECONDS = 24 * 3600.0  # RFC 9309, section 2.4
UNSTATED_REST_SECONDS = 60.0  # what newsdex promises after a 429 without a Retry-After
LONGEST_REST_SECONDS = 86_400.0


@dataclass(frozen=True, kw_only=True)
class RobotsTruth:
    """A robots.txt as its host means it."""

    status: int | None  # None = no answer
    rules: tuple[tuple[bool, str], ...] = ()  # (allowed, start of the path)
    delay_seconds: float = 0.0

    @property
    def defers(self) -> bool:
        return self.status is None or self.status >= 500 or self.status == 429

    def allows(self, path: str) -> bool:
        """By the longest rule that matches; the friendlier one of two equally long (RFC 9309, section 2.2.2)."""
        matching = [(len(start), allowed) for allowed, start in self.rules if path.startswith(start)]
        return max(matching, default=(0, True))[1]


@dataclass(kw_only=True)
class _Host:
    last_at: float | None = None
    rests_until: float = 0.0
    trouble_count: int = 0  # answers in a row that told of trouble, since the last good one
    under_way: dict[int, int] = field(default_factory=dict)  # request -> worker
    robots: dict[str, tuple[float, RobotsTruth]] = field(default_factory=dict)  # scheme -> when delivered, and what


@dataclass(kw_only=True)
class HostOracle:
    """Judges each request by what its host said before."""

    least_seconds: float
    most_seconds: float
    concurrency: int
    violations: list[str] = field(default_factory=list)
    request_count: int = 0
    _hosts: dict[str, _Host] = field(default_factory=dict)

    def began(self, number: int, worker: int, scheme: str, host_name: str, path: str, at: float) -> None:
        """A request reached its host."""
        self.request_count += 1
        host = self._hosts.setdefault(host_name, _Host())
        known = host.robots.get(scheme)
        self._judge_gap(host, known, f"{at:.3f} {scheme}://{host_name}{path}", at)
        if path != "/robots.txt":
            self._judge_robots(known, path, f"{at:.3f} {scheme}://{host_name}{path}", at)
        if len(host.under_way) >= self.concurrency:
            self._note("too many at a time", f"{at:.3f} {host_name}")
        if any(other != worker for other in host.under_way.values()):
            self._note("two workers at a time", f"{at:.3f} {host_name}")
        host.last_at = at
        host.under_way[number] = worker

    def _judge_gap(self, host: _Host, known: tuple[float, RobotsTruth] | None, what: str, at: float) -> None:
        if at < host.rests_until - GRAIN_SECONDS:
            self._note("not left alone", f"{what}: {host.rests_until - at:.3f} s early")
        asked = known[1].delay_seconds if known else 0.0
        widened = self.least_seconds * 2**host.trouble_count if host.trouble_count else self.least_seconds
        demanded = max(asked, min(widened, self.most_seconds))
        if host.last_at is not None and at - host.last_at < demanded - GRAIN_SECONDS:
            self._note("too soon", f"{what}: {at - host.last_at:.3f} of {demanded:.3f} s")

    def _judge_robots(self, known: tuple[float, RobotsTruth] | None, path: str, what: str, at: float) -> None:
        if known is None:
            self._note("robots.txt not asked for", what)
        elif at - known[0] > ROBOTS_LIFE_SECONDS + GRAIN_SECONDS:
            self._note("robots.txt too old", f"{what}: {at - known[0]:.0f} s")
        elif known[1].defers:
            self._note("robots.txt does not answer", what)
        elif not known[1].allows(path):
            self._note("forbidden", what)

    def _note(self, kind: str, what: str) -> None:
        self.violations.append(f"{kind}: {what}")

    def answered(self, number: int, host_name: str, status: int | None, rest_seconds: float | None, at: float) -> None:
        """An answer, or the lack of one (None), was delivered."""
        host = self._hosts[host_name]
        del host.under_way[number]
        is_trouble = status is None or status == 429 or status >= 500
        host.trouble_count = host.trouble_count + 1 if is_trouble else 0
        if status == 429 or (status == 503 and rest_seconds is not None):
            rest = UNSTATED_REST_SECONDS if rest_seconds is None else rest_seconds
            host.rests_until = max(host.rests_until, at + min(max(rest, 0.0), LONGEST_REST_SECONDS))

    def robots_read(self, scheme: str, host_name: str, truth: RobotsTruth, at: float) -> None:
        """A worker took over the answer for a robots.txt."""
        self._hosts[host_name].robots[scheme] = (at, truth)

    def crashed(self, worker: int) -> None:
        """A worker died: its requests end with it, and what it had learned of paces and not yet written is lost."""
        for host in self._hosts.values():
            if worker in host.under_way.values():
                host.under_way = {number: other for number, other in host.under_way.items() if other != worker}
            host.trouble_count = 0
