"""``scrapy accounts``, as an office runs it."""

import datetime as dt
import subprocess
import sys
from pathlib import Path

import openpyxl

from govspider.facts import Account, AccountFacts, AccountKind, Inspection, Outcome
from govspider.reading.privacy import is_id_card
from govspider.rounds import rules_of
from govspider.store import Store

ROOT = Path(__file__).parents[2]


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    register = folder / "accounts.csv"
    register.write_text("新媒体类型,新媒体名称,账号ID\n微信订阅号,甲发布,jia\n", "utf-8")
    options = ["-s", f"ACCOUNTS={register}", "-s", f"OUTPUT={folder / 'output'}"]
    command = [sys.executable, "-m", "scrapy", "accounts", *words, *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def test_the_form_goes_out_and_comes_back(tmp_path: Path) -> None:
    form = tmp_path / "自查表.xlsx"
    made = run(tmp_path, "template", str(form), "--month", "2026-06")
    assert made.returncode == 0, made.stderr
    book = openpyxl.load_workbook(form)
    sheet = book["自查表"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.cell(2, heads["填报月份"]).value == "2026-06"
    assert "没有导入任何内容：各行只有自查表原有的内容" in run(tmp_path, "import", str(form)).stdout
    sheet.cell(2, heads["最近发布日期"]).value = "2026-06-20"
    for row, cells in enumerate((("抖音", "甲抖音", "新开设"),), 3):
        for name, value in zip(("新媒体类型", "新媒体名称", "本月变动"), cells, strict=True):
            sheet.cell(row, heads[name]).value = value
        sheet.cell(row, heads["填报月份"]).value = "2026-06"
    book.save(form)
    back = run(tmp_path, "import", str(form))
    assert back.returncode == 0, back.stderr
    assert "自查表 2 个账号，其中新增 2 项" in back.stdout
    assert "新开设 1" in back.stdout
    assert "其中新增 0 项" in run(tmp_path, "import", str(form)).stdout

    sheet.cell(2, heads["最近发布日期"]).value = "昨天下午"
    sheet.cell(3, heads["本月变动"]).value = "无"
    book.save(form)
    bad = run(tmp_path, "import", str(form))
    assert bad.returncode == 1
    assert "第 2 行：最近发布日期“昨天下午”不是日期" in bad.stderr
    assert "第 3 行：“甲抖音”不在新媒体名册中" in bad.stderr
    assert "共 2 处错误，没有导入任何内容" in bad.stderr


def test_what_is_handed_in_is_looked_at_for_its_wording(tmp_path: Path) -> None:
    run(tmp_path, "template", str(tmp_path / "自查表.xlsx"))
    export = tmp_path / "导出.csv"
    number = next(f"61010219850312042{digit}" for digit in "0123456789X" if is_id_card(f"61010219850312042{digit}"))
    export.write_text(f"标题,发布时间,正文\n公示,2026-06-20,申请人张某，身份证号{number}。\n", "utf-8")
    assert run(tmp_path, "import", str(export), "--account", "jia").returncode == 0
    account = Account("jia", AccountKind.WECHAT_SUBSCRIPTION, "甲发布", "微信订阅号", "jia")
    checkpoint = dt.date(2026, 6, 30)
    with Store.open(f"sqlite:///{tmp_path / 'output' / 'govspider.db'}") as store:
        store.start_round("R", checkpoint, "2019", "", (), [account])
        store.save(Inspection("R", store.completed("R", AccountFacts(account, checkpoint)), []))
        rules = rules_of("2019", "")
        store.judge("R", rules, "2019", "")
        store.judge("R", rules, "2019", "")
        (saved,) = store.accounts.latest("R")
    (clue,) = (one for one in saved.findings if one.rule == "account-content")
    assert (clue.outcome, clue.evidence["trust"]) == (Outcome.VIOLATION, "export")
    assert number not in str(clue.evidence)
    assert len(saved.facts.stated_leaks) == 1


def test_wrong_use_is_explained(tmp_path: Path) -> None:
    for words, said in (
        ([], "用法"),
        (["import"], "用法"),
        (["template", "a.xlsx", "b.xlsx"], "用法"),
        (["template", "a.xlsx", "--month", "六月"], "--month 六月不是月份"),
        (["import", str(tmp_path / "none.xlsx")], "找不到文件"),
        (["template", str(tmp_path / "accounts.csv" / "x.xlsx")], "无法写入"),
    ):
        done = run(tmp_path, *words)
        assert done.returncode != 0
        assert said in done.stdout + done.stderr
        assert "Traceback" not in done.stderr
