"""What is looked for in a page while its scripts run, as expressions for the browser; they change nothing in it.

They are run in an isolated world, so that a page that replaced JavaScript's own functions cannot interfere.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

LEAST_PARAGRAPH = 40  # characters beside each other; menus rarely have as many. A choice
LEAST_STORY = 250  # characters in such paragraphs, below which a page may be waiting for something. A choice

# Every element, those in the shadows of web components too (open ones; nobody but the page sees into closed ones)
_ALL = """const all = function* (root) {
    for (const one of root.querySelectorAll("*")) { yield one; if (one.shadowRoot) yield* all(one.shadowRoot); } };"""

LOOK = f"""new Promise(done => requestIdleCallback(() => {{
    {_ALL}
    let size = document.documentElement.outerHTML.length, prose = 0;
    for (const one of all(document)) {{
        if (one.shadowRoot) size += one.shadowRoot.innerHTML.length;
        if (/^(script|style|noscript|template)$/.test(one.localName)) continue;
        let own = 0;
        for (const part of one.childNodes) if (part.nodeType === Node.TEXT_NODE) own += part.data.trim().length;
        if (own >= {LEAST_PARAGRAPH}) prose += own;
    }}
    done(document.readyState === "loading" ? null : {{size, prose}});
}}, {{timeout: 2000}}))"""

# A page with shadows is written as it is shown: what a component holds in place of its own children, and these where
# they are slotted in. The copy belongs to a document without scripts and network, so nothing in it comes to life
_MARKUP = f"""(() => {{
    {_ALL}
    const own = document.documentElement, inert = document.implementation.createHTMLDocument("");
    const shown = one => {{
        const copy = inert.importNode(one, one.localName === "template");
        if (one.localName === "template") return copy;
        if (one.localName === "noscript") copy.innerHTML = one.textContent;  // else its markup becomes text
        else for (const part of (one.shadowRoot ?? one).childNodes) copy.append(...shownOf(part));
        return copy;
    }};
    const shownOf = part => part.localName === "slot" && part.assignedNodes().length
        ? part.assignedNodes({{flatten: true}}).map(shown) : [shown(part)];
    const hasShadows = [...all(document)].some(one => one.shadowRoot);
    let html = own.outerHTML;
    if (hasShadows) try {{ html = shown(own).outerHTML; }} catch (tooDeep) {{}}
    return html.length > LIMIT ? null : (document.doctype ? "<!DOCTYPE html>\\n" : "") + html;
}})()"""


@dataclass(frozen=True, slots=True)
class Look:
    """A page at one moment."""

    size: int  # characters of its markup
    prose: int  # characters in paragraphs

    @property
    def may_wait(self) -> bool:
        """Whether so little is shown that the page may be waiting: for a moment, or for a reader who scrolls."""
        return self.prose < LEAST_STORY


def look_from(value: Any) -> Look | None:
    """What LOOK returned; None while the page is still being read."""
    return Look(size=int(value["size"]), prose=int(value["prose"])) if isinstance(value, dict) else None


def markup_within(max_characters: int) -> str:
    """The expression for the page's markup; it returns null for more characters."""
    return _MARKUP.replace("LIMIT", json.dumps(max_characters))
