from supports.markdown import as_html


def test_markdown_is_drawn_below_the_headings_of_the_page():
    assert as_html("# Bring\n\n* one") == "<h3>Bring</h3>\n<ul>\n<li>one</li>\n</ul>\n"
    assert as_html("##### Deep\n# Up\n### Down", 2) == "<h2>Deep</h2>\n<h2>Up</h2>\n<h3>Down</h3>\n"


def test_markdown_cannot_carry_script_style_or_pictures():
    html = as_html('<script>x</script> <b onclick="x">b</b> [a](javascript:alert) ![p](https://example.com/p.png)')

    assert "<script" not in html
    assert "<b" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html


def test_markdown_tables_have_no_inline_style():
    html = as_html("|a|b|\n|:-:|-|\n|1|2|")

    assert "<table>" in html
    assert "style" not in html


def test_markdown_links_do_not_vouch():
    assert as_html("[a](https://example.com)") == (
        '<p><a href="https://example.com" rel="noopener nofollow">a</a></p>\n'
    )
