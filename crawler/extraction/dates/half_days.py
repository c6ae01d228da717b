"""How languages say which half of the day an hour is in, as data."""

from __future__ import annotations

# Written before the hour.
HALVES_BEFORE = ("오전", "오후", "午前", "午後", "上午", "下午", "凌晨", "早上", "中午", "晚上", "傍晚")
# Written after the hour; regular expressions.
HALVES_BEHIND = (
    r"[ap]\.?\s?m\.?", "صباح[اًً]*", "مساء[ًا]*", "ص", "م", r"π\.?\s?μ\.?", r"μ\.?\s?μ\.?", "ÖÖ", "ÖS", "SA", "CH",
)  # fmt: skip
# Those for the second half, case-folded, without dots and spaces.
LATE_HALVES = frozenset(
    {"pm", "오후", "午後", "下午", "中午", "晚上", "傍晚", "مساء", "مساءً", "مساءا", "مساءاً", "م", "μμ", "ös", "ch"}
)
