import pytest

from govspider.reading import dom
from govspider.reading.hidden import hidden_blocks, is_hidden, within

HARD = [
    "position:absolute;left:-9999px",
    "text-indent:-999px",
    "font-size:0",
    "opacity:0",
    "height:0;overflow:hidden",
    "color:#fff;background:#ffffff",
]
SOFT = ["display:none", "DISPLAY: none;", "visibility : hidden", "color:red;display:none!important"]
SHOWN = [
    "", "display:block", "opacity:0.8", "opacity:.5", "font-size:12px", "font-size:10px", "left:-3px;position:relative", "text-indent:2em", "height:100px;overflow:hidden",
    "height:0", "color:#fff", "color:#fff;background:#f00", "margin-left:-10px;float:left", "text-indent:-5px", "background:url(none.png)", "line-height:1.5;overflow:hidden", "width:100%;overflow:hidden",
]  # fmt: skip


def parse(html: str) -> dom.Doc:
    return dom.parse(f"<html><body><div id=outer>{html}</div></body></html>".encode(), "http://www.example.gov.cn/")


@pytest.mark.parametrize("style", [*HARD, *SOFT])
def test_styles_that_hide(style: str) -> None:
    page = parse(f'<div style="{style}"><p><a href="/x">x</a></p></div><a href="/y">y</a>')
    hidden, shown = page.tags("a")
    (block,) = hidden_blocks(page)
    assert block.hard == (style in HARD)
    assert is_hidden(hidden)
    assert not is_hidden(shown)
    assert within([block], hidden)
    assert not within([block], shown)


@pytest.mark.parametrize("style", SHOWN)
def test_styles_that_do_not_hide(style: str) -> None:
    page = parse(f'<div style="{style}"><a href="/x">x</a></div>')
    assert hidden_blocks(page) == ()
    assert not is_hidden(page.tags("a")[0])


def test_attribute_and_own_style_sheet() -> None:
    assert len(hidden_blocks(parse("<div hidden><a href=x>x</a></div>"))) == 1
    sheet = "<style>/* x */ .a , .b{color:red} .zz{display:none} #q{left:-999px;position:absolute}</style>"
    page = parse(f"{sheet}<div class='b zz'>1</div><div id=q>2</div><div class=a>3</div><div class=z>4</div>")
    assert [page.line(block.node) for block in hidden_blocks(page)] == ["1", "2"]


def test_only_the_outermost_of_nested_blocks_is_named() -> None:
    page = parse('<div style="display:none">' * 40 + "x" + "</div>" * 40)
    assert len(hidden_blocks(page)) == 1
