"""Markdown as safe HTML, with headings that follow on from those of the page."""

import nh3
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")
TAGS = {"p", "br", "hr", "strong", "em", "code", "pre", "blockquote", "ul", "ol", "li", "a"}
TAGS |= {"h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"}


def as_html(text, first=3):
    """Safe HTML of a Markdown text whose highest headings are of the level `first`.

    Raw HTML in it is shown as text, and links that are not for the web are dropped.
    """
    tokens = PARSER.parse(text)
    _level(tokens, first)
    html = PARSER.renderer.render(tokens, PARSER.options, {})
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow",
    )
    return mark_safe(clean)  # nh3 has just cleaned it


def _level(tokens, first):
    """Writers skip levels of headings; a page does not."""
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    levels = sorted({token.tag for token in headings})
    last = first - 1
    for token in headings:
        if token.type == "heading_open":
            last = min(first + levels.index(token.tag), last + 1, 6)
        token.tag = f"h{last}"
