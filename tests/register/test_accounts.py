"""The accounts register, as offices write it."""

from pathlib import Path

import pytest

from govspider.facts import Account, AccountKind, AccountStatus, PlatformGroup
from govspider.register import RegisterError, load_accounts
from govspider.register.account_kinds import account_kind

ROOT = Path(__file__).parents[2]


def load(folder: Path, text: str) -> tuple[Account, ...]:
    path = folder / "accounts.csv"
    path.write_text(text, "utf-8")
    return load_accounts(path)


@pytest.mark.parametrize(
    ("written", "kind", "group"),
    [
        ("微信公众号", AccountKind.WECHAT, PlatformGroup.WECHAT),
        ("微信公众号（订阅号）", AccountKind.WECHAT_SUBSCRIPTION, PlatformGroup.WECHAT),
        ("微信服务号", AccountKind.WECHAT_SERVICE, PlatformGroup.WECHAT),
        ("微信视频号", AccountKind.WECHAT_VIDEO, PlatformGroup.WECHAT),
        ("新浪微博", AccountKind.WEIBO, PlatformGroup.WEIBO),
        ("微博", AccountKind.WEIBO, PlatformGroup.WEIBO),
        ("今日头条号", AccountKind.TOUTIAO, PlatformGroup.OTHER),
        ("抖音号", AccountKind.DOUYIN, PlatformGroup.OTHER),
        ("移动客户端（APP）", AccountKind.APP, PlatformGroup.APP),
        ("微信小程序", AccountKind.MINI_PROGRAM, PlatformGroup.OTHER),
        ("百度贴吧", AccountKind.TIEBA, PlatformGroup.OTHER),
        ("企鹅号", AccountKind.QIEHAO, PlatformGroup.OTHER),
        ("人民号", AccountKind.OTHER, PlatformGroup.OTHER),
        ("其他（美篇）", AccountKind.OTHER, PlatformGroup.OTHER),
    ],
)
def test_kinds_and_their_groups(written: str, kind: AccountKind, group: PlatformGroup) -> None:
    assert account_kind(written) is kind
    assert account_kind(written).group is group


def test_a_row_becomes_an_account(tmp_path: Path) -> None:
    (account,) = load(
        tmp_path,
        "新媒体类型,新媒体名称,主办单位,账号ID,主页地址,订阅源,报送状态,备案,互动功能,功能,联系人\n"
        "微信订阅号,甲发布,甲市政府办,jia,http://j.example,http://f.example/j.xml,正常,否,无,办事,张某\n",
    )
    assert account == Account(
        "jia", AccountKind.WECHAT_SUBSCRIPTION, "甲发布", "微信订阅号", "jia", "甲市政府办", "http://j.example/",
        "http://f.example/j.xml", AccountStatus.NORMAL, False, False, False, {"联系人": "张某"},
    )  # fmt: skip


def test_english_headings_and_defaults(tmp_path: Path) -> None:
    (account,) = load(tmp_path, "name,kind,status\n甲,weibo,normal\n")
    assert (account.kind, account.approved, account.interactive, account.publishes) == (
        AccountKind.WEIBO, None, None, None,
    )  # fmt: skip


def test_codes_hold_whatever_the_order(tmp_path: Path) -> None:
    rows = ["微博,甲,1", "抖音,甲,1", "微博,乙,", "微信订阅号,乙,"]
    heading = "新媒体类型,新媒体名称,账号ID\n"
    one = {account.kind_name + account.name: account.code for account in load(tmp_path, heading + "\n".join(rows))}
    two = load(tmp_path, heading + "\n".join(reversed(rows)))
    assert {account.kind_name + account.name: account.code for account in two} == one
    assert len(set(one.values())) == 4
    assert one["微博甲"] == "1@微博"
    assert one["微博乙"].startswith("acc-")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("微搏,甲,1,,正常", "新媒体类型“微搏”不是认识的平台"),
        (",甲,1,,正常", "新媒体类型缺失"),
        ("微博,,1,,正常", "新媒体名称缺失"),
        ("微博,=1+1,1,,正常", "公式符号"),
        ("微博,甲,1.23E+11,,正常", "科学计数法"),
        ("微博,甲,\"1,2\",,正常", "一行只能填写一个"),
        ("微博,甲,1,weibo.example,正常", "缺少 http://"),
        ("微博,甲,1,ftp://weibo.example/,正常", "ftp 地址"),
        ("微博,甲,1,,停更", "报送状态“停更”不是可用的值"),
    ],
)  # fmt: skip
def test_bad_rows_are_all_told(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(RegisterError) as error:
        load(tmp_path, f"新媒体类型,新媒体名称,账号ID,主页地址,报送状态\n微博,好,9,,\n{row}\n微博,坏,8,x,\n")
    assert "第 3 行" in str(error.value)
    assert said in str(error.value)
    assert "第 4 行" in str(error.value)


def test_the_same_account_twice(tmp_path: Path) -> None:
    heading = "新媒体类型,新媒体名称,账号ID\n"
    with pytest.raises(RegisterError, match="第 3 行：账号“1”与第 2 行重复"):
        load(tmp_path, f"{heading}微信公众号,甲,1\n微信订阅号,乙,1\n")
    with pytest.raises(RegisterError, match="第 3 行：账号“甲”与第 2 行重复"):
        load(tmp_path, f"{heading}微博,甲,\n新浪微博,甲,\n")


def test_the_example_is_good() -> None:
    accounts = load_accounts(ROOT / "register/accounts.example.csv")
    assert {account.status for account in accounts} == {AccountStatus.NORMAL, AccountStatus.CLOSED}
