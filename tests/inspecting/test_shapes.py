"""Pages of one template have addresses of one shape."""

import pytest

from govspider.inspecting.shapes import shape_of

ALIKE = [
    ("http://www.a.gov.cn/gk/202406/t20240611_52.html", "https://a.gov.cn/zwgk/bmgk/ldxx/202311/t20231130_9.html"),
    ("http://a.cn/channels/2144.html", "http://a.cn/channels/18420.html"),
    ("http://a.cn/art/2024/6/11/art_12_3.html", "http://a.cn/art/2023/12/1/art_4_56789.html"),
    ("http://a.cn/c1/2020/11/11/0a3e7edf7ff24a24b582f5237a3b08e7.shtml", "http://a.cn/c9/2021/1/2/f9bbe23158dd.shtml"),
    (
        "http://a.cn/x/0a3e7edf-7ff2-4a24-b582-f5237a3b08e7.html",
        "http://a.cn/x/b1c2d3e4-abcd-ef01-2345-0123456789ab.html",
    ),
    ("http://a.cn/gzdt/", "http://a.cn/zwgk/tzgg/index.html"),
    ("http://a.cn/gzdt/index_2.html", "http://a.cn/zwgk/tzgg/index_13.html"),
    ("http://a.cn/show.jsp?id=5&cat=7", "http://a.cn/show.jsp?cat=1&id=88&jsessionid=3"),
    ("http://a.cn/xxgk/fdzd.html", "http://a.cn/hdjl/dcwj.html"),
]
UNLIKE = [
    ("http://a.cn/", "http://a.cn/gzdt/"),
    ("http://a.cn/gzdt/", "http://a.cn/gzdt/index_2.html"),
    ("http://a.cn/gzdt/", "http://a.cn/gzdt/202406/t20240611_52.html"),
    ("http://a.cn/channels/5.html", "http://a.cn/contents/5/7.html"),
    ("http://a.cn/x/1.html", "http://b.cn/x/1.html"),
    ("http://a.cn/show.jsp?id=5", "http://a.cn/list.jsp?id=5&page=2"),
    ("http://a.cn/x/1.html", "http://a.cn/x/1.shtml"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_alike(one: str, other: str) -> None:
    assert shape_of(one) == shape_of(other)


@pytest.mark.parametrize(("one", "other"), UNLIKE)
def test_unlike(one: str, other: str) -> None:
    assert shape_of(one) != shape_of(other)


@pytest.mark.parametrize("odd", ["", "javascript:;", "http://[", "http://a.cn/%zz?&=&&", "http://a.cn/" + "9" * 5000])
def test_any_address_has_a_shape(odd: str) -> None:
    assert isinstance(shape_of(odd), str)
