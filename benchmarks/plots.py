"""Bar charts as SVG text, without a plotting library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

COLOURS = ("#1b5e9b", "#b8b8b8", "#d9822b", "#e5b567", "#6b8e5a", "#8a5a9b")
WIDTH, HEIGHT = 960, 400
LEFT, RIGHT, TOP, BOTTOM = 50, 20, 70, 40
CHARACTER = 6.5  # about the width of one at the legend's size


def grouped_bars(
    title: str, groups: Sequence[str], series: Mapping[str, Sequence[float]], *, most: float, steps: int = 5
) -> str:
    """One group of bars for each of `groups`, one bar in it for each of `series`; values from 0 to `most`."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        'font-size="12" role="img">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{LEFT}" y="22" font-size="15">{escape(title)}</text>',
        *_grid(most, steps),
        *_legend(list(series)),
    ]
    span = (WIDTH - LEFT - RIGHT) / len(groups)
    for place, group in enumerate(groups):
        x = LEFT + place * span
        parts.append(f'<text x="{x + span / 2:.1f}" y="{HEIGHT - 15}" text-anchor="middle">{escape(group)}</text>')
        parts += _bars(x, span, {name: values[place] for name, values in series.items()}, most)
    return "\n".join([*parts, "</svg>", ""])


def _bars(x: float, span: float, values: Mapping[str, float], most: float) -> list[str]:
    width = span * 0.8 / len(values)
    bars = []
    for place, (name, value) in enumerate(values.items()):
        left, top = x + span * 0.1 + place * width, _y(value, most)
        bars.append(
            f'<rect x="{left:.1f}" y="{top:.1f}" width="{width - 2:.1f}" height="{HEIGHT - BOTTOM - top:.1f}" '
            f'fill="{COLOURS[place % len(COLOURS)]}"><title>{escape(name)}: {value:.1f}</title></rect>'
        )
    return bars


def _grid(most: float, steps: int) -> list[str]:
    lines = []
    for step in range(steps + 1):
        value = most * step / steps
        y = _y(value, most)
        lines.append(f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}" stroke="#ddd"/>')
        lines.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value:g}</text>')
    return lines


def _legend(names: Sequence[str]) -> list[str]:
    parts = []
    x = float(LEFT)
    for place, name in enumerate(names):
        parts.append(f'<rect x="{x:.1f}" y="36" width="12" height="12" fill="{COLOURS[place % len(COLOURS)]}"/>')
        parts.append(f'<text x="{x + 17:.1f}" y="46">{escape(name)}</text>')
        x += 40 + CHARACTER * len(name)
    return parts


def _y(value: float, most: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * min(value, most) / most
