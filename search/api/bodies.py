"""The service's answers as the API's response bodies."""

from __future__ import annotations

from collections.abc import Iterable

from news.article import RENDERED, Block, Image
from news.rendering import BodyForm, to_html, to_markdown
from search.api.models import (
    ArticleModel,
    BarModel,
    BlockModel,
    CopiesModel,
    CopyModel,
    EmbedModel,
    FacetValueModel,
    FetchModel,
    HitModel,
    ImageModel,
    SearchModel,
    SimilarModel,
    SpanModel,
    TimelineModel,
    VersionModel,
)
from search.articles.copies import Copies
from search.errors import AWAY, WELL
from search.links import next_href
from search.results import ArticlePage, FoundArticle, Readiness, SearchPage
from search.timeline import Timeline
from search.web.problem_models import CheckModel
from store.views import CopyView, FetchView, VersionView

SEARCH_PATH = "/api/v1/search"


def search_body(page: SearchPage) -> SearchModel:
    """A page of hits."""
    return SearchModel(
        total=page.total,
        hits=[_hit(hit) for hit in page.hits],
        facets={
            name: [FacetValueModel(value=one.value, count=one.count) for one in counts]
            for name, counts in page.facets.items()
        },
        timeline=_timeline(page.timeline) if page.timeline else None,
        took_ms=page.took_ms,
        spelling=page.spelling,
        unfiltered_total=page.unfiltered_total,
        unknown_words=list(page.unknown_words),
        nearest=[_hit(hit) for hit in page.nearest],
        is_complete=page.is_complete,
        next=next_href(SEARCH_PATH, page.next_params),
    )


def similar_body(found: Iterable[FoundArticle]) -> SimilarModel:
    """Articles similar to another one."""
    return SimilarModel(hits=[_hit(hit) for hit in found])


def article_body(page: ArticlePage, form: BodyForm = BodyForm.TEXT) -> ArticleModel:
    """An article with its history; its body is also written in `form`."""
    view, stored, article = page.view, page.view.stored, page.shown.article
    return ArticleModel(
        id=stored.id,
        url=stored.url,
        aliases=list(view.aliases),
        merged_from=list(view.merged_from),
        state=view.state,
        removed_at=view.removed_at,
        kind=article.kind,
        title=article.title,
        kicker=article.kicker,
        dek=article.dek,
        authors=list(article.authors),
        people=list(article.people),
        agencies=list(article.agencies),
        published_at=article.published_at,
        published_zone=article.published_zone,
        published_day_only=article.published_day_only,
        modified_at=article.modified_at,
        modified_zone=article.modified_zone,
        first_seen_at=stored.first_seen_at,
        fetched_at=page.shown.fetched_at,
        section=article.section,
        source=stored.source_id,
        source_name=page.source_name,
        language=article.language,
        tags=list(article.tags),
        text=article.text,
        blocks=[_block(block) for block in article.blocks],
        html=to_html(article.blocks) if form is BodyForm.HTML else None,
        markdown=to_markdown(article.blocks) if form is BodyForm.MARKDOWN else None,
        image=_image(article.image),
        source_line=article.source_line,
        dateline=article.dateline,
        is_free=article.is_free,
        flags=list(article.flags),
        version=page.shown.version,
        versions=[version_body(each) for each in page.versions],
        fetches=[fetch_body(each) for each in page.fetches],
    )


def _block(block: Block) -> BlockModel:
    embed = block.embed
    return BlockModel(
        kind=block.kind,
        text=block.text,
        spans=[SpanModel(start=span.start, end=span.end, kind=span.kind, url=span.url) for span in block.spans],
        level=block.level,
        ordered=block.ordered,
        opens=block.opens,
        cells=list(block.cells),
        heads=block.heads,
        image=_image(block.image),
        embed=EmbedModel(kind=embed.kind, url=embed.url) if embed else None,
        at=block.at,
    )


def _image(image: Image | None) -> ImageModel | None:
    if image is None:
        return None
    return ImageModel(url=image.url, caption=image.caption, credit=image.credit, alt=image.alt)


def copies_body(copies: Copies) -> CopiesModel:
    """An article's copies."""
    return CopiesModel(
        earliest=copies.earliest.article_id if copies.earliest else None,
        agencies=list(copies.agencies),
        copies=[_copy(one, copies.source_name(one)) for one in copies.members],
    )


def _copy(one: CopyView, source_name: str) -> CopyModel:
    return CopyModel(
        id=one.article_id,
        url=one.url,
        title=one.article.title,
        authors=list(one.article.authors),
        agencies=list(one.article.agencies),
        source=one.source_id,
        source_name=source_name,
        published_at=one.article.published_at,
        published_day_only=one.article.published_day_only,
        first_seen_at=one.first_seen_at,
    )


def check_bodies(readiness: Readiness) -> dict[str, CheckModel]:
    """Map each check to its result; the check's own detail may contain addresses and is withheld."""
    return {
        check.name: CheckModel(ok=check.ok, detail=(WELL if check.ok else AWAY)[check.name])
        for check in readiness.checks
    }


def _timeline(timeline: Timeline) -> TimelineModel:
    return TimelineModel(step=timeline.step, bars=[BarModel(start=bar.start, count=bar.count) for bar in timeline.bars])


def _hit(hit: FoundArticle) -> HitModel:
    return HitModel(
        id=hit.id,
        url=hit.url,
        title=hit.title,
        dek=hit.dek,
        authors=list(hit.authors),
        people=list(hit.people),
        changed=list(hit.changed),
        fetched_at=hit.fetched_at,
        agencies=list(hit.agencies),
        section=hit.section,
        source=hit.source_id,
        language=hit.language,
        published_at=hit.published_at,
        published_day_only=hit.published_day_only,
        removed_at=hit.removed_at,
        version=hit.version,
        copies=hit.copy_count,
        score=hit.score,
        highlights={name: list(fragments) for name, fragments in hit.highlights.items()},
    )


def version_body(version: VersionView) -> VersionModel:
    """A version and where it comes from."""
    return VersionModel(
        version=version.version,
        fetched_at=version.fetched_at,
        title=version.article.title,
        content_digest=version.content_digest,
        extractor_version=version.extractor_version,
        boilerplate_version=version.boilerplate_version,
        payload_digest=version.payload_digest,
        warc_file=version.warc_file,
        warc_offset=version.warc_offset,
        taken_from=version.taken_from,
        is_rendered=RENDERED in version.article.flags,
    )


def fetch_body(fetch: FetchView) -> FetchModel:
    """One request to a publisher."""
    return FetchModel(
        fetched_at=fetch.fetched_at,
        requested_url=fetch.requested_url,
        effective_url=fetch.effective_url,
        outcome=fetch.outcome,
        status=fetch.status,
        detail=fetch.detail,
        body_bytes=fetch.body_bytes,
    )
