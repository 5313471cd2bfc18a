"""`{{ text|markdown }}`: Markdown as safe HTML."""

from django import template

from supports.markdown import as_html

register = template.Library()
register.filter("markdown", as_html, is_safe=True)
