"""`{% url %}` as Django has it, whose answers are kept: a page writes a score of addresses, and most never change."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.template import Context
from django.template.base import Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as parsed
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.html import conditional_escape

register = template.Library()
KEPT = 2_048


class Address(URLNode):
    """An address, made by `reverse` unless it was made before."""

    def render(self, context: Context) -> str:
        """Write it, or keep it in the variable that the template names."""
        args = tuple(str(one.resolve(context)) for one in self.args)
        kwargs = tuple((name, str(one.resolve(context))) for name, one in self.kwargs.items())
        try:
            address = _reversed(get_urlconf(), get_script_prefix(), self.view_name.resolve(context), args, kwargs)
        except NoReverseMatch:
            if self.asvar is None:
                raise
            address = ""
        if self.asvar:
            context[self.asvar] = address
            return ""
        return conditional_escape(address) if context.autoescape else address


@register.tag
def url(parser: Parser, token: Token) -> Address:
    """An address by its name and what it holds."""
    node = parsed(parser, token)
    return Address(node.view_name, node.args, node.kwargs, node.asvar)


@lru_cache(maxsize=KEPT)
def _reversed(
    urlconf: str | None,
    prefix: str,  # noqa: ARG001 (`reverse` reads it by itself)
    name: str,
    args: tuple[str, ...],
    kwargs: tuple[tuple[str, str], ...],
) -> str:
    """The address of a view, under the prefix of the server."""
    return reverse(name, urlconf, args=args, kwargs=dict(kwargs))
