"""The register as offices save it: every spelling is read, every mistake is told with its line and remedy."""

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govspider.facts import Category, ColumnHint, Site, SiteKind, SiteStatus
from govspider.register import RegisterError, load_sites

HEADING = "网站标识码,网站名称,首页网址,主办单位,网站类型,对外服务职能,报送状态"
ROWS = """\
4499000001,甲市人民政府,http://www.jia.example/,甲市政府办,门户,有,正常
4499000002,甲市档案馆,http://dag.jia.example/,甲市档案馆,部门,无,例外
bm99000003,甲市专题网,https://zt.jia.example/a?b=1,,专题,,关停"""
SITES = (
    Site("4499000001", "甲市人民政府", "http://www.jia.example/", "甲市政府办", SiteKind.PORTAL, True),
    Site(
        "4499000002",
        "甲市档案馆",
        "http://dag.jia.example/",
        "甲市档案馆",
        SiteKind.DEPARTMENT,
        False,
        SiteStatus.EXCEPTION,
    ),
    Site("bm99000003", "甲市专题网", "https://zt.jia.example/a?b=1", "", SiteKind.TOPIC, None, SiteStatus.CLOSED),
)
ROOT = Path(__file__).parent.parent.parent


def save(folder: Path, text: str, encoding: str = "utf-8", name: str = "sites.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def save_book(path: Path, sheets: dict[str, Sequence[Sequence[object]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def merge(path: Path, *ranges: str) -> None:
    book = openpyxl.load_workbook(path)
    for one in ranges:
        book.worksheets[0].merge_cells(one)
    book.save(path)


def problems(path: Path, columns: Path | None = None) -> tuple[str, ...]:
    with pytest.raises(RegisterError) as error:
        load_sites(path, columns)
    assert str(error.value) == "\n".join(error.value.problems)
    return error.value.problems


def problem(path: Path, row: str) -> str:
    """The one problem of a register whose second line is this row."""
    found = problems(save(path, f"{HEADING}\n{row}\n"))
    assert len(found) == 1, found
    assert "sites.csv 第 2 行：" in found[0]
    return found[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_encodings_and_separators(tmp_path: Path, encoding: str, separator: str, newline: str) -> None:
    text = f"{HEADING}\n{ROWS}\n".replace(",", separator).replace("\n", newline)
    assert load_sites(save(tmp_path, text, encoding)) == SITES


def test_english_headings_in_another_order(tmp_path: Path) -> None:
    text = "Status,URL, name ,code,Public Services,KIND\nnormal,http://a.example/,甲,4499000001,no,portal\n"
    site = Site("4499000001", "甲", "http://a.example/", "", SiteKind.PORTAL, False)
    assert load_sites(save(tmp_path, text)) == (site,)


def test_headings_with_blanks_full_width_and_remarks(tmp_path: Path) -> None:
    text = "　网站 标识码*,网站名称：,首页ＵＲＬ,网站类型（门户/部门/专题）\n4499000001,甲,http://a.example/,门户网站\n"
    assert load_sites(save(tmp_path, text)) == (Site("4499000001", "甲", "http://a.example/", kind=SiteKind.PORTAL),)


def test_title_above_the_heading_and_blank_lines(tmp_path: Path) -> None:
    text = f"甲市政府网站名册,,,,,,\n\n{HEADING}\n,,,,,,\n\n{ROWS}\n\n4499000001,乙,http://b.example/,,,,\n"
    assert problems(save(tmp_path, text)) == (
        f"{tmp_path}/sites.csv 第 10 行：网站标识码“4499000001”与第 6 行重复，请核对并删去一行",
    )


def test_full_width_commas_separate_as_well(tmp_path: Path) -> None:
    assert load_sites(save(tmp_path, f"{HEADING}\n{ROWS}".replace(",", "，"))) == SITES
    named = load_sites(save(tmp_path, "网站标识码,网站名称,首页网址\n4499000001,甲局，乙局,http://a.example/\n"))
    assert [site.name for site in named] == ["甲局，乙局"]


def test_a_file_in_another_encoding_gets_the_remedy(tmp_path: Path) -> None:
    (found,) = problems(save(tmp_path, "網站標識碼,網站名稱,首頁網址\n4499000001,甲局,http://a.example/\n", "big5"))
    assert "如果显示的是乱码，请用表格软件另存为“CSV UTF-8”或 XLSX" in found


def test_a_merged_cell_speaks_for_all_its_rows(tmp_path: Path) -> None:
    """Else only the first of the closed sites would be read as closed."""
    rows = [
        HEADING.split(","),
        ["4499000001", "甲局", "http://a.example/", "甲市政府办", "部门", "无", "关停"],
        ["4499000002", "乙局", "http://b.example/", None, None, None, None],
        ["4499000003", "丙县", "http://c.example/", None, "门户", "有", "正常"],
    ]
    path = save_book(tmp_path / "sites.xlsx", {"名册": rows})
    merge(path, "D2:D4", "E2:E3", "F2:F3", "G2:G3")
    sites = load_sites(path)
    assert [site.sponsor for site in sites] == ["甲市政府办"] * 3
    assert [site.kind for site in sites] == [SiteKind.DEPARTMENT, SiteKind.DEPARTMENT, SiteKind.PORTAL]
    assert [site.public_services for site in sites] == [False, False, True]
    assert [site.status for site in sites] == [SiteStatus.CLOSED, SiteStatus.CLOSED, SiteStatus.NORMAL]


def test_a_merged_cell_makes_no_rows_of_blank_ones(tmp_path: Path) -> None:
    rows = [["名册", None, None], ["网站标识码", "网站名称", "首页网址"], [None, None, "（完整网址）"]]
    rows += [["4499000001", "甲局", "http://a.example/"], [None] * 3, [None] * 3]
    path = save_book(tmp_path / "sites.xlsx", {"名册": rows})
    merge(path, "A1:C1", "A2:A3", "B2:B3", "B4:B6")
    assert [site.name for site in load_sites(path)] == ["甲局"]


def test_a_heading_that_comes_again_is_no_site(tmp_path: Path) -> None:
    assert load_sites(save(tmp_path, f"{HEADING}\n{ROWS}\n{HEADING}\n")) == SITES


def test_only_required_headings_and_defaults(tmp_path: Path) -> None:
    text = "网站标识码,网站名称,首页网址\n4499000001,甲,HTTP://WWW.A.example:8080\n"
    assert load_sites(save(tmp_path, text)) == (Site("4499000001", "甲", "http://www.a.example:8080/"),)


def test_extra_columns_are_kept(tmp_path: Path) -> None:
    text = "网站标识码,网站名称,首页网址,联系人,\n4499000001,甲,http://a.example/,张三,备用\n4499000002,乙,http://b.example/,,\n"
    first, second = load_sites(save(tmp_path, text))
    assert first.extra == {"联系人": "张三", "第5列": "备用"}
    assert second.extra == {}


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("'4499000001", "4499000001"),
        ("４４９９０００００１", "4499000001"),
        (" 4499000001 ", "4499000001"),
        ("4499000001.0", "4499000001"),
        ("BM99000001", "bm99000001"),
        ("ｂｍ99000001", "bm99000001"),
    ],
)
def test_codes_as_typed(tmp_path: Path, cell: str, code: str) -> None:
    assert load_sites(save(tmp_path, f"{HEADING}\n{cell},甲,http://a.example/\n"))[0].code == code


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("", "网站标识码缺失"),
        ("449900000", "“449900000”不合规"),
        ("9499000001", "“9499000001”不合规"),
        ("44990000011", "不合规"),
        ("bm9900001", "不合规"),
        ("٤499000001", "不合规"),
        ("4.499E+09", "科学计数法"),
    ],
)
def test_bad_codes(tmp_path: Path, cell: str, said: str) -> None:
    assert said in problem(tmp_path, f"{cell},甲,http://a.example/")


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("", "首页网址缺失"),
        ("www.jia.example", "“www.jia.example”缺少 http:// 或 https://，请补全，例如 http://www.jia.example"),
        ("www.jia.example:8080/a", "缺少 http:// 或 https://"),
        ("ftp://a.example/", "ftp"),
        ("javascript:alert(1)", "不是完整的网址"),
        ("甲市政府", "不是完整的网址"),
        ("http://", "缺少主机名"),
        ("http:///a", "缺少主机名"),
        ("http://a.example:99999/", "无法识别"),
        ("http://a.example:0/", "无法识别"),
        ("http://[::1/", "无法识别"),
        ("http://a b.example/", "空格"),
        ("http://-a.example/", "主机名"),
        ("http://a..example/", "主机名"),
        ("http://user:secret@a.example/", "口令"),
        ("http://a.example/；http://b.example/", "不止一个网址"),
        ("http://a.example/" + "a" * 3000, "超过 2000 个字符"),
    ],
)
def test_bad_addresses(tmp_path: Path, cell: str, said: str) -> None:
    found = problem(tmp_path, f"4499000001,甲,{cell}")
    assert said in found
    assert len(found) < 300


@pytest.mark.parametrize(
    ("cell", "url"),
    [
        ("http://127.0.1.1:8088", "http://127.0.1.1:8088/"),
        ("http://localhost:8000/x", "http://localhost:8000/x"),
        ("http://[::1]:8000/", "http://[::1]:8000/"),
        ("http://甲市.政务/", "http://甲市.政务/"),
        ("http://a_b.example/新闻/，1.html?q=１", "http://a_b.example/新闻/，1.html?q=１"),
        ("ｈｔｔｐ：／／ａ.example/", "http://a.example/"),
        ("https://a.example?x=1#/home", "https://a.example/?x=1#/home"),
    ],
)
def test_good_addresses(tmp_path: Path, cell: str, url: str) -> None:
    assert load_sites(save(tmp_path, f"{HEADING}\n4499000001,甲,{cell}\n"))[0].url == url


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("4499000001,,http://a.example/", "网站名称缺失"),
        ('4499000001,"=HYPERLINK(1)",http://a.example/', "公式符号"),
        ("4499000001,甲,http://a.example/,,企业", "网站类型“企业”不是可用的值，请填写 门户、部门、专题 之一"),
        ("4499000001,甲,http://a.example/,,,可能", "对外服务职能“可能”"),
        ("4499000001,甲,http://a.example/,,,,正常（拟关停）", "报送状态“正常（拟关停）”"),
        ("4499000001,甲,乙,http://a.example/,,,,正常", "比表头多出 1 格"),
    ],
)
def test_bad_cells(tmp_path: Path, row: str, said: str) -> None:
    assert said in problem(tmp_path, row)


def test_all_problems_at_once(tmp_path: Path) -> None:
    rows = (
        "449,,a.example,,企业,,停\n4499000001,甲,http://a.example/\nBM99000001,乙,http://b.example/\nbm99000001,丙,\n"
    )
    found = problems(save(tmp_path, f"{HEADING}\n{rows}"))
    assert [text.split("：")[0].rsplit(" ", 2)[1] for text in found] == ["2"] * 5 + ["5"] * 2


def test_line_numbers_count_lines_inside_quotes(tmp_path: Path) -> None:
    text = f'{HEADING}\n4499000001,"甲\n市",http://a.example/\n4499000002,乙,坏\n'
    found = problems(save(tmp_path, text))
    assert len(found) == 1
    assert "第 4 行" in found[0]


def test_unpaired_quote_is_told_with_the_rows_before_it(tmp_path: Path) -> None:
    text = f'{HEADING}\n1,甲,http://a.example/\n4499000002,"乙,http://b.example/\n4499000003,丙,http://c.example/\n'
    first, second = problems(save(tmp_path, text))
    assert "第 2 行：网站标识码“1”" in first
    assert "第 3 行：英文引号不成对" in second


def test_missing_and_repeated_headings(tmp_path: Path) -> None:
    found = problems(save(tmp_path, "网站标识码,网址,首页网址,备注,备注\n4499000001,a,b,c,d\n"))
    assert [text.split("行：")[1] for text in found] == [
        "表头“首页网址”重复，请删去或改名",
        "表头“备注”重复，请删去或改名",
        "缺少表头“网站名称”，请参照 register/sites.example.csv 补上",
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "文件是空的"),
        (b"\xef\xbb\xbf\r\n\r\n,,,\n", "文件是空的"),
        (HEADING.encode(), "没有任何网站"),
        (b"a,b,c\n1,2,3\n", "找不到表头"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "不是 CSV 或 XLSX"),
        (b"\xff\xfe\xff", "编码已损坏"),
        ("网站名称".encode() + b"\xff\xff", "编码已损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "旧版 Excel"),
        (b"PK\x03\x04 not a workbook", "XLSX 文件已损坏"),
        (b"code,name,url\n" * 1_500_000, "MB"),
        (b"code,name,url\n" + b"1,2,3\n" * 100_001, "100000 行"),
        (b"code,name,url\n" + b"a" * 200_000 + b",b,c\n", "单元格过长"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_files_that_are_no_register(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "sites.csv"
    path.write_bytes(data)
    (found,) = problems(path)
    assert said in found
    assert "sites.csv" in found
    assert len(found) < 400


def test_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    (found,) = problems(tmp_path / "sites.csv")
    assert f"register/sites.example.csv 复制为 {tmp_path}/sites.csv" in found
    (found,) = problems(tmp_path)
    assert "不是文件" in found


def test_hostile_cells_reach_neither_terminal_nor_site(tmp_path: Path) -> None:
    text = f"{HEADING},备注\n4499000001,甲\x1b[31m市\u202e局\u200b,http://a.example/,\x07乙,,,,\x00a\n".replace(
        "\x00", "\x01"
    )
    (site,) = load_sites(save(tmp_path, text))
    assert (site.name, site.sponsor, site.extra) == ("甲[31m市局", "乙", {"备注": "a"})
    found = problem(tmp_path, "\x1b]0;x\x07\u202e坏,甲,http://a.example/")
    assert found.isprintable()


def test_workbook_with_numbers_and_rows_far_down(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["甲市政府网站名册"],
        [],
        ["序号", *HEADING.split(",")],
        [1, 4499000001, "甲市人民政府", "http://www.jia.example/", "甲市政府办", "门户", "有", "正常"],
        *[[]] * 5,
        [2.0, 4499000002.0, "甲市档案馆", "http://dag.jia.example/", "甲市档案馆", "部门", "无", "例外"],
        [3, "'BM99000003", "甲市专题网", "https://zt.jia.example/a?b=1", None, "专题", None, "关停"],
    ]
    sites = load_sites(save_book(tmp_path / "名册.xlsx", {"说明": [["填写说明"]], "名册": rows}))
    assert tuple(site.code for site in sites) == ("4499000001", "4499000002", "bm99000003")
    assert sites[1].extra == {"序号": "2"}
    rows[9][1] = dt.date(2021, 8, 18)
    (found,) = problems(save_book(tmp_path / "名册.xlsx", {"名册": rows}))
    assert "名册.xlsx[名册] 第 10 行：网站标识码“2021-08-18”不合规" in found


def test_workbook_without_or_with_too_many_registers(tmp_path: Path) -> None:
    good = [["code", "name", "url"], ["4499000001", "甲", "http://a.example/"]]
    (found,) = problems(save_book(tmp_path / "a.xlsx", {"甲": [["说明"]], "乙": [["其他"]]}))
    assert "工作表 “甲”、“乙” 的前 10 行里找不到表头" in found
    (found,) = problems(save_book(tmp_path / "b.xlsx", {"一季度": good, "二季度": good}))
    assert "“一季度”、“二季度” 都像网站名册" in found
    (found,) = problems(save_book(tmp_path / "c.xlsx", {"空": []}))
    assert "文件是空的" in found


def test_workbook_formatted_to_its_last_row(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["code", "name", "url"], ["4499000001", "甲", "http://a.example/"]):
        sheet.append(row)
    sheet["XFD1048576"].font = openpyxl.styles.Font(bold=True)
    book.save(tmp_path / "a.xlsx")
    assert len(load_sites(tmp_path / "a.xlsx")) == 1


@settings(deadline=None)
@given(data=st.data())
def test_any_bytes_are_sites_or_problems(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    whole = save_book(folder / "a.xlsx", {"a": [["code", "name", "url"], ["4499000001", "甲", "http://a.example/"]]})
    bases = [b"", f"{HEADING}\n{ROWS}".encode(), f"{HEADING}\n{ROWS}".encode("gb18030"), whole.read_bytes()]
    base = bytearray(data.draw(st.sampled_from(bases)))
    for at, piece in data.draw(st.lists(st.tuples(st.integers(0, 10_000), st.binary(max_size=8)), max_size=6)):
        start = at % (len(base) + 1)
        base[start : start + len(piece)] = piece
    whole.write_bytes(bytes(base))
    sites: tuple[Site, ...] = ()
    told: tuple[str, ...] = ()
    try:
        sites = load_sites(whole)
    except RegisterError as error:
        told = error.problems
    assert bool(sites) != bool(told)
    assert all(problem.isprintable() for problem in told)
    assert all(re.fullmatch(r"[1-8][0-9]{9}|bm[0-9]{8}", site.code) for site in sites)


def test_hidden_sheets_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    good = [["code", "name", "url"], ["4499000001", "甲", "http://a.example/"]]
    save_book(path, {"旧": good, "新": good})
    book = openpyxl.load_workbook(path)
    book["旧"].sheet_state = "hidden"
    book.save(path)
    assert len(load_sites(path)) == 1


# ------------------------------------------------------------------------------------------------- columns register

COLUMNS = "网站标识码,栏目名称,栏目类别,栏目地址,更新期限(天)\n"


def test_columns_become_hints(tmp_path: Path) -> None:
    rows = "4499000002,要闻,动态要闻,http://dag.jia.example/yw/,14\n4499000002,数据,data,http://dag.jia.example/sj/,365天\n"
    rows += "4499000001,公告,,http://www.jia.example/gg/,\n"
    sites = load_sites(save(tmp_path, f"{HEADING}\n{ROWS}"), save(tmp_path, COLUMNS + rows, "gb18030", "columns.csv"))
    assert [site.hints for site in sites] == [
        (ColumnHint("公告", "http://www.jia.example/gg/"),),
        (
            ColumnHint("要闻", "http://dag.jia.example/yw/", Category.NEWS, 14),
            ColumnHint("数据", "http://dag.jia.example/sj/", Category.DATA, 365),
        ),
        (),
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("4499000009,要闻,,http://a.example/,", "“4499000009”不在网站名册中"),
        ("4499000001,,,http://a.example/,", "栏目名称缺失"),
        ("4499000001,要闻,新鲜事,http://a.example/,", "栏目类别“新鲜事”不是可用的值"),
        ("4499000001,要闻,,/yw/,", "栏目地址“/yw/”不是完整的网址"),
        ("4499000001,要闻,,http://a.example/,0", "更新期限“0”应为 1 至 3660 的整数"),
        ("4499000001,要闻,,http://a.example/,半年", "更新期限“半年”"),
        ("4499000001,要闻,,http://a.example/,-14", "更新期限“-14”"),
        ("4499000001,要闻,,http://a.example/,1.5", "更新期限“1.5”"),
        ("4499000001,要闻,,http://a.example/," + "9" * 5000, "更新期限“999"),
    ],
)
def test_bad_columns(tmp_path: Path, row: str, said: str) -> None:
    columns = save(tmp_path, COLUMNS + row, name="columns.csv")
    (found,) = problems(save(tmp_path, f"{HEADING}\n{ROWS}"), columns)
    assert "columns.csv 第 2 行：" in found
    assert said in found


def test_repeated_column(tmp_path: Path) -> None:
    columns = save(tmp_path, COLUMNS + "4499000001,要闻,,http://a.example/,\n" * 2, name="columns.csv")
    (found,) = problems(save(tmp_path, f"{HEADING}\n{ROWS}"), columns)
    assert "第 3 行：栏目地址“http://a.example/”与第 2 行重复" in found


def test_problems_of_both_files_at_once(tmp_path: Path) -> None:
    columns = save(tmp_path, COLUMNS + "4499000001,要闻,,坏,\n4499000002,要闻,,http://b.example/,", name="columns.csv")
    first, second = problems(save(tmp_path, f"{HEADING}\n{ROWS}\n5,戊,http://e.example/"), columns)
    assert "sites.csv 第 5 行" in first
    assert "columns.csv 第 2 行" in second
    assert len(problems(tmp_path / "none.csv", tmp_path / "neither.csv")) == 2


def test_examples_are_good() -> None:
    assert load_sites(ROOT / "register/sites.example.csv", ROOT / "register/columns.example.csv")
