"""Groups of words in ids and classes that say what kind of text an element holds."""

from __future__ import annotations

import re
from functools import lru_cache

# Group -> words in ids and classes, which are split at case changes, dashes, underscores and digits. Words of at
# least five letters also count inside a longer word ("articlebody").
GROUPS: dict[str, str] = {
    "story": "article story post entry news blog artikel articulo articolo haber makale nota noticia noticias "
        "berita hentry single detail detay artykul statya rich richtext prose wysiwyg markdown",
    "body": "body content text paragraph paragraphs maincontent copy inhalt contenido contenu corpo cuerpo "
        "corps texte texto testo icerik metin brodtext richtext main paywall bodytext articlebody storybody "
        "postcontent entrycontent txt",
    "related": "related recommend recommended recommendations recommendation similar more readmore read-more "
        "also readalso seealso next prev previous teaser teasers promo promos linkbox inline-link crosslink further "
        "ilgili verwandte aehnliche relacionadas relacionados relacionado relacionada correlati correlate "
        "associated seemore mehr lire suggestion suggested suggestions interlink siguiente",
    "list": "list listing items grid cards card carousel slider swiper feed stream river rail archive latest "
        "popular trending most mostread top ranking headlines newest recent tiles tile gallery slideshow",
    "comment": "comment comments disqus respond reply replies kommentar kommentare commentlist discussion coral "
        "opinions yorum yorumlar comentarios commentaires feedback",
    "share": "share sharing social share-bar addthis sharedaddy facebook twitter whatsapp follow teilen "
        "compartir partager paylas sns shares telegram",
    "nav": "nav navigation menu navbar breadcrumb breadcrumbs crumbs crumb topbar submenu megamenu pagination "
        "pager paging tabs tab toc skip bread",
    "side": "sidebar aside side widget widgets rightcol right-col complementary secondary rail sticky sidebars",
    "foot": "footer foot bottom colophon copyright legal imprint disclaimer",
    "head": "header masthead topbar banner logo brand hero head",
    "meta": "meta byline author authors autor auteur autore date time datetime timestamp published dateline "
        "info infos posted created writer bio profile credits tags tag topics topic category categories keywords "
        "kategori rubrik rubric hashtags postmeta vcard cat",
    "ad": "ad ads advert advertisement adv sponsor sponsored sponsors dfp banner outbrain taboola adslot "
        "werbung anzeige reklam publicidad pub promoted commercial affiliate",
    "prompt": "newsletter subscribe subscription signup sign-up login register paywall cta donate donation "
        "modal popup overlay cookie consent gdpr notice alert premium regwall piano membership support offer abo "
        "app download contact form optin",
    "caption": "caption figcaption legend image img photo foto figure bild picture credit copyright thumbnail "
        "thumb media video player gallery fotograf lightbox",
    "title": "title headline heading hed titulo titel titre titolo baslik subject",
    "dek": "dek deck standfirst subtitle subheadline subhead lead lede intro summary abstract excerpt "
        "description teaser chapo chapeau entradilla vorspann sommario spot bajada sottotitolo ingress preamble "
        "standfirst introduction kurzfassung leadtext sapo sumario subtitulo",
    "quote": "quote pullquote blockquote pull-quote zitat citation twitter-tweet tweet instagram embed",
    "factbox": "factbox infobox fact box infografik info-box note notes aside highlight highlights keypoints "
        "key takeaways summary bullets faktaruta fakta tldr toc",
    "hidden": "hidden hide invisible visually sr-only screenreader screen-reader visuallyhidden offscreen print "
        "noprint",
    "live": "live liveblog ticker update updates timeline",
    "table": "table tabelle data chart stats scoreboard results",
}  # fmt: skip
GROUP_NAMES = tuple(GROUPS)
_BITS = {name: 1 << place for place, name in enumerate(GROUP_NAMES)}
MIN_INSIDE = 5

_SPLIT = re.compile(r"[^a-z]+")
_CASE = re.compile(r"(?<=[a-z])(?=[A-Z])")


_POST_CLASS = re.compile(
    r"twitter-(?:tweet|video)|instagram-media|tiktok-embed|bluesky-embed|fb-xfbml|text-post-media|reddit-"
)


def bits_of(*groups: str) -> int:
    """The bits of these groups."""
    return sum(_BITS[group] for group in groups)


def _table() -> dict[str, int]:
    table: dict[str, int] = {}
    for index, words in enumerate(GROUPS.values()):
        for word in words.split():
            for piece in (word, word.replace("-", "")):
                table[piece] = table.get(piece, 0) | 1 << index
    return table


_WORDS = _table()
_INSIDE = re.compile("|".join(sorted((word for word in _WORDS if len(word) >= MIN_INSIDE), key=len, reverse=True)))


@lru_cache(maxsize=20_000)
def name_bits(names: str) -> int:
    """The groups of an element's id and classes, one bit each in the order of GROUP_NAMES."""
    bits = 0
    start = names[:300]
    for word in _SPLIT.split(start if start.islower() else _CASE.sub("-", start).lower()):
        if word:
            bits |= _word_bits(word)
    return bits


@lru_cache(maxsize=20_000)
def _word_bits(word: str) -> int:
    bits = _WORDS.get(word, 0)
    if not bits and len(word) > MIN_INSIDE:
        for part in _INSIDE.findall(word):
            bits |= _WORDS[part]
    return bits


def is_embedded_post(names: str) -> bool:
    """Whether a quote's classes are those of an embedded social network post."""
    return bool(names and _POST_CLASS.search(names))
