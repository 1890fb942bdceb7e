from pathlib import Path

import pytest

from govspider.facts import Category
from govspider.reading.categories import CategoriesError, load_categories

TABLE = load_categories(Path(__file__).parents[2] / "rules" / "categories.toml")


@pytest.mark.parametrize(
    ("category", "names"),
    [
        (
            Category.NEWS,
            "工作动态 政务动态 部门动态 基层动态 县区动态 镇街动态 要闻 时政要闻 某某要闻 新闻 新闻中心 图片新闻 视频新闻 民政动态 领导活动",
        ),
        (Category.NOTICE, "通知公告 公示公告 公告公示 通知 公告 公示 政务公告 公告栏"),
        (Category.POLICY, "政策文件 政策法规 规范性文件 行政规范性文件 法律法规 政府文件 部门文件 政策"),
        (Category.INTERPRETATION, "政策解读 文件解读 解读回应 图解政策 一图读懂 回应关切"),
        (
            Category.OVERVIEW,
            "机构职能 机构设置 领导信息 领导之窗 单位概况 部门概况 内设机构 直属单位 主要职责 局领导 部门领导 班子成员 建置沿革 行政区划 通讯录 机关处室",
        ),
        (Category.SERVICE, "办事指南 政务服务 网上办事 便民服务 办事大厅"),
        (Category.INTERACTION, "互动交流 政民互动 局长信箱 意见征集 在线访谈 网上调查 咨询投诉 网上信访"),
        (Category.DATA, "统计数据 数据发布 统计公报 统计信息"),
        (
            Category.OTHER,
            (
                "人事信息 规划计划 财政预决算 政府采购 招标公告 招考公告 人事公告 疫情防控 专题专栏 党建动态 价格动态 政策动态 招商动态 行政处罚公示 "
                "新闻发布会 政务公开 依申请公开 信息公开年报 建议提案办理 业务工作 工作总结 下载中心 某某局召开新闻工作推进会议新闻"
            ),
        ),
    ],
)
def test_names(category: Category, names: str) -> None:
    assert {name: TABLE.category(name) for name in names.split()} == dict.fromkeys(names.split(), category)


def test_spelling_does_not_matter() -> None:
    assert TABLE.category("【通 知 公 告】") is Category.NOTICE
    assert TABLE.category("·工作动态 >>") is Category.NEWS


def test_parents_decide_only_clear_cases() -> None:
    assert TABLE.category("本级文件", ["信息公开", "政策文件"]) is Category.POLICY
    assert TABLE.category("某政发文件", ["政策"]) is Category.POLICY
    assert TABLE.category("2020年", ["政策文件"]) is Category.POLICY
    assert TABLE.category("2020年", ["通知公告"]) is Category.NOTICE
    assert TABLE.category("人事信息", ["政策文件"]) is Category.OTHER
    assert TABLE.category("人事公告", ["政务公开", "通知公告"]) is Category.NOTICE
    assert TABLE.category("项目采购公示", ["公示公告"]) is Category.NOTICE
    assert TABLE.category("采购公告", ["政务公开"]) is Category.OTHER
    assert TABLE.category("人事公告", ["下属单位", "通知公告"]) is Category.OTHER
    assert TABLE.category("张某某", ["机构", "局领导"]) is Category.OVERVIEW


@pytest.mark.parametrize(
    "above", ["专题专栏", "某某主题教育", "直属单位", "部门概况", "人事科", "劳动监察大队", "抗击疫情"]
)
def test_topics_and_subordinate_units_have_no_news_of_the_site(above: str) -> None:
    for name in ("工作动态", "通知公告", "政策文件"):
        assert TABLE.category(name, ["首页", above]) is Category.OTHER


def test_tags_and_folders_help_where_the_name_says_nothing() -> None:
    assert TABLE.category("时事", meta={"ColumnType": "工作动态"}) is Category.NEWS
    assert TABLE.category("时事", meta={"ColumnType": "工作动态", "ColumnName": "公共头部"}) is Category.OTHER
    assert TABLE.category("人事信息", meta={"ColumnType": "工作动态"}) is Category.OTHER
    assert TABLE.category("本地时事", url="http://www.a.gov.cn/xwzx/gzdt/index.html") is Category.NEWS
    assert TABLE.category("规划计划", url="http://www.a.gov.cn/tzgg/") is Category.OTHER
    assert TABLE.category("本地时事", url="http://[") is Category.OTHER


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("consultation", "局长信箱 县长信箱 在线咨询 咨询投诉 我要写信 网上留言 投诉举报 网络问政"),
        ("petition", "网上信访 信访投诉 信访信箱"),
        ("discipline", "纪检举报 纪检监察举报 违纪违法举报 网上举报 廉政举报信箱"),
        ("survey", "意见征集 网上调查 民意征集 征集调查 在线投票"),
        ("interview", "在线访谈 网上直播"),
        (None, "工作动态 建议提案 人大代表建议回复 咨询电话 邮箱登录 劳动监察大队 工程咨询公司 互动交流 廉政要闻"),
    ],
)
def test_channels(kind: str | None, names: str) -> None:
    assert {name: TABLE.channel_kind(name) for name in names.split()} == dict.fromkeys(names.split(), kind)


def test_channels_by_host() -> None:
    assert TABLE.channel_kind("点击进入", "http://www.12388.gov.cn/x/") == "discipline"
    assert TABLE.channel_kind("点击进入", "http://liuyan.people.com.cn/threads/") == "consultation"


def test_services() -> None:
    assert TABLE.service_kind("办事指南") == "hub"
    assert TABLE.service_kind("政务服务") == "hub"
    assert TABLE.service_kind("食品经营许可证核发办事指南") == "guide"
    assert TABLE.service_kind("某某省政务服务网", "http://www.example.com/") == "platform"
    assert TABLE.service_kind("进入", "http://zwfw.some-province.gov.cn/") == "platform"
    for name in ("关于印发办事指南的通知", "政务服务中心开展活动", "工作动态", "市政务服务管理局", ""):
        assert TABLE.service_kind(name) is None


def test_a_wrong_table_says_what_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "categories.toml"
    for text, told in (
        ("[[category]", "TOML"),
        ('[[category]]\nid = "nwes"\n', "category"),
        ('[[category]]\nid = "news"\nname = ["x"]\n', "name"),
    ):
        file.write_text(text, "utf-8")
        with pytest.raises(CategoriesError, match=told):
            load_categories(file)
    with pytest.raises(CategoriesError, match=r"missing\.toml"):
        load_categories(tmp_path / "missing.toml")
