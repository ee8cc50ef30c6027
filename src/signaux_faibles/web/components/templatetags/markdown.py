"""Markdown as agents write it, turned into HTML that holds nothing else than text, lists, tables and links."""

from __future__ import annotations

import nh3
from django import template
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

register = template.Library()
TAGS = {"p", "br", "strong", "em", "s", "ul", "ol", "li", "blockquote", "code", "pre", "h4", "h5", "h6", "a", "hr"}
TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
_UNDER_PAGE = {f"h{level}": f"h{min(level + 3, 6)}" for level in (1, 2, 3, 4, 5, 6)}
"""A title in a text stands below those of the page."""


@register.filter
def markdown(text: str) -> SafeString:
    """The HTML of a text; images, raw HTML and scripts are dropped, links open nothing but web and mail addresses."""
    tokens = _MARKDOWN.parse(text)
    for token in tokens:
        token.tag = _UNDER_PAGE.get(token.tag, token.tag)
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
    return SafeString(clean)
