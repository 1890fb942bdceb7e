"""Evidence of any shape as Chinese text: the numbers, dates and names that a finding rests on."""

from collections.abc import Mapping
from typing import Any

from govspider.reports.phrases import CATEGORY_NAMES, FETCH_NAMES, TRUST_NAMES
from govspider.reports.text import label

LINKING = "链接所在页面"  # a sheet of the workbook
_CELL_PAGES = 20

_NAMES: Mapping[str, str] = {
    "count": "数量",
    "limit": "界限",
    "judged": "已核查数",
    "columns": "栏目",
    "unread": "未能核查",
    "name": "名称",
    "title": "标题",
    "articles": "文章",
    "visible": "页面显示日期",
    "tagged": "标签日期",
    "url": "地址",
    "newest": "最近更新",
    "published": "发布日期",
    "days": "距监测时间点天数",
    "undated": "未注明日期",
    "evidence": "依据",
    "reason": "原因",
    "category": "类别",
    "missing": "缺少",
    "asked": "留言日期",
    "answered": "答复日期",
    "term": "词语",
    "where": "位置",
    "snippet": "片段",
    "family": "类型",
    "status": "状态码",
    "text": "链接文字",
    "guides": "办事指南",
    "messages": "留言",
    "total": "总数",
    "found": "实际情况",
    "expected": "登记情况",
    "checkpoint": "监测时间点",
    "kind": "类型",
    "fetch": "访问结果",
    "error": "说明",
    "found_on": "所在页面",
    "linked_from": "链接所在页面",
    "linked_pages": "链接所在页面数",
    "linked_more": "未列出的页面数",
    "looked_through": "已读取的页面数",
    "known_pages": "已知的页面数",
    "elements": "要素",
    "place": "位置",
    "places": "位置",
    "result": "结果",
    "items": "事项数",
    "terms": "词语",
    "pages": "页面",
    "traces": "痕迹",
    "newest_url": "最近更新页面",
    "navigation_only": "首页仅为导航",
    "home": "首页链接",
    "external": "站外链接",
    "item": "登记项",
    "since": "起",
    "until": "止",
    "probes": "监测次数",
    "failed": "打不开次数",
    "share": "占比",
    "seconds": "秒数",
    "silent": "无任何应答次数",
    "voided": "作废次数",
    "declared": "报备停机期间次数",
    "unclear": "未能判断次数",
    "months": "月数",
    "before": "此前条数",
    "seen": "此前检查日期",
    "now": "本次情况",
    "word": "词语",
    "suggestion": "规范表述",
    "context": "上下文",
    "offset": "在正文中的位置（字数）",
    "why": "判断依据",
    "masked": "号码（已遮挡）",
    "data": "信息种类",
    "sign": "迹象",
    "signs": "迹象",
    "looked_at": "已查看的页面",
    "target": "链接地址",
    "landed": "打开后转到",
    "compared": "对比的检查日期",
    "entries": "条目",
    "shown": "标注日期",
    "was": "此前标注日期",
    "first": "此前发布地址",
    "similar": "首页模板相同比例",
    "had": "此前栏目数",
    "has": "现有栏目数",
    "announced": "报备事由",
    "gone": "栏目消失比例",
    "new": "新栏目比例",
    "seed": "抽样轮次",
    "base": "抽样总体数",
    "checked": "抽查页面数",
    "element": "要素",
    "query": "检索地址",
    "results": "结果条数",
    "state": "情况",
    "address": "页面地址",
    "policy": "被解读文件",
    "policy_url": "文件地址",
    "phrase": "含糊用语",
    "materials": "办理材料",
    "form": "表单",
    "policies": "政策文件",
    "browser": "浏览器",
    "addresses": "IPv6地址",
    "points": "每处分值",
    "documents": "抽查的文件",
    "note": "填报说明",
    "who": "填报人",
    "channels": "互动渠道",
    "services": "办事服务",
    "domain": "域名",
    "endings": "规范的结尾",
    "words": "查找的词语",
    "platform": "平台",
    "posts": "信息",
    "said": "说法",
    "said_at": "出处",
    "source": "来源",
    "trust": "可信程度",
    "gap": "最长断更",
    "length": "天数",
}
_SPREAD = ("linked_pages", "linked_more", "looked_through", "known_pages")  # told in one sentence
_COUNTS = {"places": "处数"}  # of a name that also stands for lists
_PLACES = {"title": "页面标题", "meta": "网页标签", "link": "链接", "hidden": "隐藏内容", "text": "正文"}
_LINKS = {"page": "网页", "picture": "图片", "attachment": "附件", "frame": "框架", "script": "脚本"}
# Words of ours that stand in evidence, by the key they stand under.
_VALUES: Mapping[str, Mapping[str, str]] = {
    "fetch": FETCH_NAMES,
    "category": CATEGORY_NAMES,
    "where": _PLACES,
    "kind": _LINKS,
    "trust": {grade.value: name for grade, name in TRUST_NAMES.items()},
}


def evidence_rows(evidence: Mapping[str, Any]) -> tuple[tuple[str, tuple[Mapping[str, Any], ...]], ...]:
    """The lists of subjects in the evidence by their Chinese name; ``evidence_text`` of the rest is one line."""
    return tuple(
        (_NAMES.get(key, label(key)), tuple(row for row in rows if isinstance(row, Mapping)))
        for key, rows in evidence.items()
        if _is_rows(rows)
    )


def evidence_line(evidence: Mapping[str, Any]) -> str:
    """All but what ``evidence_rows``, ``linking_pages`` and ``linking_spread`` give."""
    told = ("linked_from", *_SPREAD) if linking_pages(evidence) else ()
    return evidence_text({key: value for key, value in evidence.items() if not _is_rows(value) and key not in told})


def linking_pages(evidence: Mapping[str, Any]) -> tuple[str, ...]:
    """The pages that show a link which does not open."""
    pages = evidence.get("linked_from")
    return tuple(str(page) for page in pages) if isinstance(pages, list | tuple) else ()


def linking_spread(evidence: Mapping[str, Any]) -> str:
    """How many pages show such a link, of how many that were read; "" where that was not counted."""
    count, read, known = (evidence.get(name) for name in ("linked_pages", "looked_through", "known_pages"))
    if not (isinstance(count, int) and isinstance(read, int) and isinstance(known, int)):
        return f"{count}个页面有该链接" if isinstance(count, int) else ""
    if read < known:
        return f"在已读取的{read}个页面中有{count}个（已知页面{known}个，其余未读取）"
    return f"已知的{read}个页面均已读取，其中{count}个有该链接"


def evidence_cell(evidence: Mapping[str, Any]) -> str:
    """For a cell: the first pages only, where many show a link."""
    pages = linking_pages(evidence)
    if not pages:
        return evidence_text(evidence)
    shown = "、".join(label(page, 500) for page in pages[:_CELL_PAGES])
    more = f"等，全部见工作表“{LINKING}”" if len(pages) > _CELL_PAGES else ""
    told = (evidence_line(evidence), linking_spread(evidence), f"{_NAMES['linked_from']}：{shown}{more}")
    return "，".join(filter(None, told))


def row_note(row: Mapping[str, Any]) -> str:
    """What a row says beside its name and address."""
    return evidence_text({key: value for key, value in row.items() if key not in ("name", "title", "url")})


def _is_rows(value: Any) -> bool:
    return isinstance(value, list | tuple) and any(isinstance(item, Mapping) for item in value)


def evidence_text(value: Any) -> str:
    """Evidence of any shape as one readable line: 名称:工作动态,最近更新:2021-03-02."""
    if isinstance(value, Mapping):
        shown = ((str(key), item) for key, item in value.items() if item not in (None, "", [], (), {}, False))
        return "，".join(f"{_named(key, item)}：{_worded(key, item)}" for key, item in shown)
    if isinstance(value, list | tuple):
        nested = any(isinstance(item, Mapping | list | tuple) for item in value)
        return ("；" if nested else "、").join(evidence_text(item) for item in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return label(value, 500)


def _named(key: str, value: Any) -> str:
    return _COUNTS[key] if key in _COUNTS and isinstance(value, int) else _NAMES.get(key, label(key))


def _worded(key: str, value: Any) -> str:
    words = _VALUES.get(key, {})
    return words[value] if isinstance(value, str) and value in words else evidence_text(value)
