"""Convert AMP's own elements (amp.dev/documentation/components) to plain HTML, so no other module has to know them."""

from __future__ import annotations

from itertools import islice

from lxml.html import HtmlElement

MAX_COMPONENTS = 2_000  # of one page

_PLAIN = {"amp-img": "img", "amp-anim": "img", "amp-iframe": "iframe", "amp-video": "video", "amp-audio": "audio"}
# component -> (the attribute with the id or address, the address to put it into)
_NAMED = {
    "amp-youtube": ("data-videoid", "https://www.youtube.com/embed/{}"),
    "amp-vimeo": ("data-videoid", "https://player.vimeo.com/video/{}"),
    "amp-dailymotion": ("data-videoid", "https://www.dailymotion.com/embed/video/{}"),
    "amp-twitter": ("data-tweetid", "https://twitter.com/i/status/{}"),
    "amp-instagram": ("data-shortcode", "https://www.instagram.com/p/{}/"),
    "amp-facebook": ("data-href", "{}"),
    "amp-tiktok": ("data-src", "https://www.tiktok.com/embed/v2/{}"),
}


def plain_media(tree: HtmlElement) -> None:
    """Rename AMP images, frames and players to HTML's tags, and turn components with a network's id into frames."""
    for element in list(islice(tree.iter(*_PLAIN, *_NAMED), MAX_COMPONENTS)):
        if element.tag in _PLAIN:
            element.tag = _PLAIN[element.tag]
            continue
        attribute, address = _NAMED[element.tag]
        element.tag = "iframe"
        if (shown := element.get(attribute)) and not element.get("src"):
            element.set("src", address.format(shown))
