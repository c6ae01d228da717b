"""Pages from before metadata: blogs whose only h1 is their own name, and papers set in tables."""

from __future__ import annotations

import pytest

from crawler.extraction.service import extract
from news.article import Article, Page

STORY = (
    "The ferry to the island was kept waiting for two days because of a storm, and the harbour master said so again.",
    "I went down to the pier on Tuesday with a flask of tea and found that nobody was in a hurry, least of all him.",
    "There is talk of a bridge, as there has been every winter since my grandfather kept the bar, and it will pass.",
    "What I would like instead is a second boat, a small one, that takes the post when the big one cannot leave.",
)
BODY = "".join(f"<p>{text}</p>" for text in STORY)
COMMENT = "<p>Lovely words about the ferry, I was there as a boy and remember it well enough to draw it.</p>"
PAGES = {
    "a blog's posting line": (
        f"""<title>Island Notes &raquo; Blog Archive &raquo; Ferry waits for the storm</title>
        <div id="header"><h1><a href="/">Island Notes</a></h1></div>
        <div id="content"><div class="post"><h2><a href="/ferry/" rel="bookmark">Ferry waits for the storm</a></h2>
        <div class="entry">{BODY}<p class="postmetadata"><small>This entry was posted on Wednesday, May 19th, 2010 at
        11:03 pm and is filed under <a href="/c">Harbour</a>. You can follow any responses to this entry through the
        <a href="/f">RSS 2.0</a> feed.</small></p></div></div>
        <h3 id="comments">One Response</h3><ol class="commentlist"><li id="comment-1"><cite>Joe</cite> Says:<br/>
        <small class="commentmetadata"><a href="#comment-1">May 20th, 2010 at 4:05 pm</a></small>{COMMENT}</li></ol>
        </div>""",
        (),
        "2010-05-19T23:03",
    ),
    "a line signed below, and one by a reader": (
        f"""<title>Island Notes: Ferry waits for the storm</title>
        <div id="banner"><h1><a href="/">Island Notes</a></h1></div><div class="blogbody">
        <h3 class="title">Ferry waits for the storm</h3>{BODY}
        <span class="posted">Posted by Mary at May 19, 2010 11:03 PM<br/></span></div>
        <div class="comments-head">Comments</div><div class="comments-body">{COMMENT}
        <span class="comments-post">Posted by: Joe Bloggs at May 20, 2010 04:05 PM</span></div>""",
        ("Mary",),
        "2010-05-19T23:03",
    ),
    "who submitted it and when": (
        f"""<title>Ferry waits for the storm | Island Notes</title>
        <div id="header"><h1><a href="/"><span>Island Notes</span></a></h1></div><h2>Ferry waits for the storm</h2>
        <div id="node-12" class="node"><span class="submitted">Wed, 05/19/2010 - 23:03 — Mary Roe</span>
        <div class="content">{BODY}</div></div><div id="comments"><div class="comment"><h3><a href="#c1">lovely</a></h3>
        <div class="submitted">Thu, 05/20/2010 - 16:05 — Joe Bloggs</div><div class="content">{COMMENT}</div></div>
        </div>""",
        ("Mary Roe",),
        "2010-05-19T23:03",
    ),
    "a paper in a table": (
        f"""<title>Island Gazette - Ferry waits for the storm</title><table><tr><td><font size=1>
        <a href=/news>News</a><br><a href=/sports>Sports</a><br><a href=/weather>Weather</a></font></td>
        <td><font size=5><b>Ferry waits for the storm</b></font><br>
        <font size=2>By MARY ROE<br>Gazette Staff Writer<br>Published: Wednesday, May 19, 2010</font>
        {BODY}<hr><font size=1><a href=/mail>E-mail this story to a friend</a></font></td></tr></table>""",
        ("MARY ROE",),
        "2010-05-19T00:00",
    ),
}


@pytest.mark.parametrize(("page", "authors", "published_at"), PAGES.values(), ids=PAGES.keys())
def test_a_page_from_before_metadata_is_read_whole(page: str, authors: tuple[str, ...], published_at: str) -> None:
    url = "http://notes.example/archives/000123.html"
    read = extract(Page(url=url, body=f"<html><body>{page}</body></html>".encode()))

    assert isinstance(read, Article)
    assert read.title == "Ferry waits for the storm"
    assert tuple(block.text for block in read.blocks) == STORY
    assert read.authors == authors
    assert read.published_at is not None
    assert read.published_at.isoformat().startswith(published_at)
    assert read.section in (None, "Harbour"), "a folder of all stories is none"
