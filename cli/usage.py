"""Errors in the words and options given to a command, in one line."""

from __future__ import annotations

import re

import typer

# Messages of the libraries that parse options, in newsdex's own wording
_SAID_OTHERWISE = (
    (re.compile(r"Value error, "), ""),
    (re.compile(r"Input should be a valid integer, unable to parse .*"), "has to be a whole number"),
    (re.compile(r"Input should be a valid number, unable to parse .*"), "has to be a number"),
    (re.compile(r"Input should be greater than or equal to "), "has to be at least "),
    (re.compile(r"Input should be less than or equal to "), "has to be at most "),
    (re.compile(r"('[^']*') is not one of (.*), ('[^']*')"), r"\1: has to be \2 or \3"),
    (re.compile(r"Invalid value for '([^']*)': ('[^']*':)"), r"\1 \2"),
    (re.compile(r"Invalid value for '([^']*)':"), r"\1:"),
    (re.compile(r"Invalid value: "), ""),
    (re.compile(r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)"), r"too many words: \1"),
)
_MISSING = re.compile(r"Missing argument '([^']*)'")


def usage_line(error: typer.TyperException) -> str:
    """What is wrong and what to do; the help itself if no words were given at all."""
    context = getattr(error, "ctx", None)
    told = error.format_message() if hasattr(error, "format_message") else str(error)
    if context is not None and told == context.get_help():
        return told
    for said, written in _SAID_OTHERWISE:
        told = said.sub(written, told)
    told = _MISSING.sub(lambda found: f"{found[1].upper().replace('_', '-')} is missing", told)
    where = context.command_path if context is not None else "newsdex"
    asks = context is not None and any(each.name == "query" for each in context.command.params)
    advice = f"`{where} --help` shows what there is"
    if told.startswith("No such option: --config"):
        advice = f"--config stands before the command: newsdex --config FILE {where.removeprefix('newsdex ')}"
    elif asks and told.startswith("No such option"):
        advice = "a query that begins with - stands after --"
    return f"newsdex: {' '.join(told.split()).rstrip('.?')}; {advice}"
