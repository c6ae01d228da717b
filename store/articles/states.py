"""Conditions on the state of an article."""

from __future__ import annotations

from news.article import ArticleState
from store.schema import article

INDEXED = (ArticleState.LIVE.value, ArticleState.REMOVED.value)  # of articles that searches find; removed are marked
IS_LIVE = article.c.state == ArticleState.LIVE.value
IS_REMOVED = article.c.state == ArticleState.REMOVED.value
