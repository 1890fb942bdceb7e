"""`scrapy register check FILE`, as a user runs it."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


def check(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scrapy", "register", *arguments],
        check=False,
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("sites", "网站名册无误，共 4 个网站。\n  网站类型：部门 2、门户 1、专题 1\n  报送状态：正常 3、例外 1\n"),
        (
            "accounts",
            "新媒体名册无误，共 4 个账号。\n  新媒体类型：微信订阅号 1、新浪微博 1、移动客户端 1、抖音 1\n  统计口径：微信 1、微博 1、移动客户端 1、其他 1\n  报送状态：正常 3、关停 1\n",
        ),
        ("columns", "栏目名册无误，共 2 个栏目。\n  涉及网站：1 个\n  栏目类别：动态要闻 1、数据 1\n"),
        ("outages", "报备停机登记表无误，共 2 个停机时段。\n  涉及网站：2 个\n"),
    ],
)
def test_good_registers(file: str, said: str) -> None:
    done = check("check", f"register/{file}.example.csv")
    assert said in done.stdout
    assert done.returncode == 0


def test_every_bad_row_is_told(tmp_path: Path) -> None:
    path = tmp_path / "sites.csv"
    path.write_text("code,name,url\n123,甲,http://a.example/\n4499000001,乙,b.example\n", "utf-8")
    done = check("check", str(path))
    assert done.returncode == 1
    assert "sites.csv 第 2 行：网站标识码“123”" in done.stdout
    assert "sites.csv 第 3 行：首页网址“b.example”缺少 http://" in done.stdout
    assert "共 2 处错误" in done.stdout
    assert "Traceback" not in done.stderr


def test_bad_accounts_are_told(tmp_path: Path) -> None:
    path = tmp_path / "accounts.csv"
    heading = "新媒体类型,新媒体名称,账号ID,主页地址,报送状态\n"
    path.write_text(heading + "微博,甲,1,weibo.example,停\n微博,乙,1,,\n,丙,,,\n", "utf-8")
    done = check("check", str(path))
    assert done.returncode == 1
    said = ["主页地址“weibo.example”", "报送状态“停”", "账号“1”与第 2 行重复", "新媒体类型缺失"]
    assert all(text in done.stdout for text in said)
    assert "共 4 处错误" in done.stdout


def test_missing_file_and_wrong_use() -> None:
    done = check("check", "no/such/file.csv")
    assert done.returncode == 1
    assert "register/sites.example.csv" in done.stdout
    done = check("verify")
    assert done.returncode == 2
    assert "scrapy register check 文件" in done.stdout + done.stderr
