"""register/office.toml: who signs the bulletin, whom it is sent to and until when problems must be put right."""

import datetime as dt
import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

BASIS = (
    "《国务院办公厅关于印发政府网站发展指引的通知》（国办发〔2017〕47号）",
    "《国务院办公厅秘书局关于印发政府网站与政务新媒体检查指标、监管工作年度考核指标的通知》（国办秘函〔2019〕19号）",
)


class OfficeError(Exception):
    """The file is wrong. ``problems`` say in Chinese what, where and how to put it right."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Office:
    """The defaults name nobody. ``error_reports`` are the letters of the platform 我为政府网站找错: how many were received,
    answered, and answered too late. ``notes`` are shown on top of the bulletin until the office has filled them in."""

    issuer: str = ""
    scope: str = ""  # 全市, 全省 ...: stands in the title and in the text
    addressees: tuple[str, ...] = ()
    basis: tuple[str, ...] = BASIS
    rectify_by: dt.date | None = None
    rectify_days: int = 10  # working days from the date of the bulletin, when rectify_by is not given
    report_to: str = ""
    contact: str = ""
    date: dt.date | None = None
    seal: bool = True
    remark: str = ""
    decimals: int = 2
    error_reports: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def entered(self) -> dict[str, int | str]:
        """The figures that the office gives itself, by measure."""
        return {f"entered.{name}": number for name, number in self.error_reports.items()}


_KINDS: dict[str, tuple[type, str]] = {
    "issuer": (str, '文字，例如 issuer = "某某市人民政府办公室"'),
    "scope": (str, '文字，例如 scope = "全市"'),
    "addressees": (list, '文字列表，例如 addressees = ["各县区人民政府", "市政府各部门"]'),
    "basis": (list, '文字列表，例如 basis = ["《政府网站发展指引》（国办发〔2017〕47号）"]'),
    "rectify_by": (dt.date, "日期，不加引号，例如 rectify_by = 2021-08-25"),
    "rectify_days": (int, "1 至 365 的整数，例如 rectify_days = 10"),
    "report_to": (str, '文字，例如 report_to = "市政府办公室政务公开科"'),
    "contact": (str, '文字，例如 contact = "联系电话：0000-0000000"'),
    "date": (dt.date, "日期，不加引号，例如 date = 2021-08-18"),
    "seal": (bool, "true 或 false"),
    "remark": (str, '文字，例如 remark = "此件公开发布"'),
    "decimals": (int, "0、1 或 2"),
    "error_reports": (dict, "个数，例如 error_reports = { received = 6, answered = 6, overdue = 0 }"),
}
_RANGES = {"rectify_days": range(1, 366), "decimals": range(3)}
_WANTED = {"issuer": "发文机关", "scope": "检查范围", "addressees": "主送机关"}
_SAMPLES = {"issuer": ("发文机关", "某某"), "contact": ("联系方式", "0000-0000000")}  # what the example's values hold


def load_office(path: Path) -> Office:
    """The office's particulars, or neutral ones with a note when there is no such file. Raises OfficeError."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        note = f"未找到 {path.parent.name}/{path.name}：发文机关、主送机关等为空，整改期限为默认值。请参照 office.example.toml 填写后重新生成。"
        return Office(notes=(note,))
    except OSError as error:
        raise OfficeError((f"{path}：无法读取（{error.strerror}）。请检查文件是否被占用、有无读取权限。",)) from None
    try:
        table = tomllib.loads(_decode(raw))
    except UnicodeDecodeError:
        raise OfficeError((f"{path}：无法识别文件编码。请另存为 UTF-8 编码。",)) from None
    except tomllib.TOMLDecodeError as error:
        advice = "请检查引号、等号和方括号是否为英文半角、是否成对，日期是否存在，文字有没有加引号，一项有没有写两遍。"
        raise OfficeError((f"{path}{_place(str(error))}：格式有误。{advice}",)) from None
    problems = tuple(f"{path}：{problem}" for key, value in table.items() for problem in _problem(key, value))
    if problems:
        raise OfficeError(problems)
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    office = Office(**values)
    empty = "、".join(f"{name}（{key}）" for key, name in _WANTED.items() if not getattr(office, key))
    kept = "、".join(f"{name}（{key}）" for key, (name, mark) in _SAMPLES.items() if mark in getattr(office, key))
    said = ((empty, "未填写："), (kept, "还是示例的内容，请修改："))
    return replace(office, notes=tuple(f"{path.name} {what}{names}。" for names, what in said if names))


def _place(message: str) -> str:
    """Where the parser stopped, which it tells in English."""
    found = re.search(r"at line (\d+), column (\d+)", message)
    return f" 第 {found[1]} 行第 {found[2]} 列" if found else "（文件末尾）"


def _decode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030")


def _problem(key: str, value: Any) -> list[str]:
    if key not in _KINDS:
        names = [one.name for one in fields(Office) if one.name in _KINDS]
        close = difflib.get_close_matches(key, names, n=1)
        advice = f"是否为 {close[0]}？" if close else f"可用的项：{'、'.join(names)}。"
        return [f"不认识的项 {key}。{advice}"]
    kind, example = _KINDS[key]
    # bool is an int and datetime is a date, but neither is meant here.
    right = (
        isinstance(value, kind) and not (kind is int and isinstance(value, bool)) and not isinstance(value, dt.datetime)
    )
    if right and kind is list:
        right = all(isinstance(item, str) and item.strip() for item in value)
    if right and kind is dict:
        right = _counts(value)
    if right and key in _RANGES:
        right = value in _RANGES[key]
    return [] if right else [f"{key} 的值 {value!r} 不对，应为{example}。"]


def _counts(value: dict[str, Any]) -> bool:
    """Received and answered must be given; nothing can be answered, or be late, that was not received."""
    numbers = all(isinstance(number, int) and not isinstance(number, bool) and number >= 0 for number in value.values())
    if not numbers or not {"received", "answered"} <= value.keys() <= {"received", "answered", "overdue"}:
        return False
    return bool(max(value.values()) == value["received"])
