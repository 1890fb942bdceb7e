"""Words that are looked for in every text, all in one pass; and those that tell a page's parts: a costly pattern is tried
only where one of its words stands."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, Implementation

WORDS = (
    *("位置", "所在", "在这里", "您现", "您当", "现在", "当前", "栏目", "频道", "首", "主页", "网站首页"),
    *(
        "版权所有",
        "CO",
        "Co",
        "cO",
        "co",
        "©",
        "网站标识码",
        "网站标",
        "网站统一标",
        "IC",
        "Ic",
        "iC",
        "ic",
        "IP",
        "iP",
    ),
    *("公网安备", "公安备", "网安备", "安备", "网警备案", "备案号", "主办", "承办", "技术支持"),
    *("网站地图", "网站声明", "法律声明", "友情链接", "相关链接", "网站链接"),
    *("/", "／", "共", "总", "总页数", "合计", "记录", "信息总", "找到", "检索到", "查询到"),
    *("上一", "下一", "前一", "后一", "打印", "关闭", "返回", "字号", "字体", "我要纠错", "网站纠错", "责任编辑"),
    *("扫一扫", "分享到", "【", "[", "相关", "关于我们", "视力保护色", "浏览", "点击"),
    *("发布时间", "发布日期", "来源", "信息来源"),
    *("热搜", "热门搜索", "搜索热词", "热词", "大家都在搜", "热门关键词"),
    *("依据", "条件", "材料", "资料", "证件", "手续", "费", "流程", "程序", "步骤", "如何", "怎"),
    *("电话", "地址", "地 址", "地点"),
    *("信", "留言", "咨询", "投诉", "提问", "诉求", "问题", "反映", "网友", "网民", "求助", "建议"),
    *("答复", "回复", "回答", "状态", "办理情况", "办结"),
)
Places = Mapping[str, list[int]]
_LONG = 200  # characters of a line; longer ones are hardly met again
_MOST = 10_000  # lines that are remembered


@dataclass(frozen=True, slots=True)
class Landmark:
    """A pattern of which every match begins with one of the words."""

    words: tuple[str, ...]
    pattern: re.Pattern[str]


def landmark(words: str, pattern: str, flags: int = 0) -> Landmark:
    """``words`` of WORDS, with spaces between them. Raises KeyError for others."""
    chosen = tuple(words.split())
    if unknown := set(chosen).difference(WORDS):
        raise KeyError(*unknown)
    return Landmark(chosen, re.compile(pattern, flags))


class Finder:
    """Finds words in texts. What a line held is remembered, since the pages of a site share most of theirs."""

    def __init__(self, words: Sequence[str]) -> None:
        self._search = AhoCorasick(words, implementation=Implementation.ContiguousNFA)
        self._known: dict[str, list[tuple[int, int, int]]] = {}

    def find(self, text: str) -> list[tuple[int, list[tuple[int, int, int]]]]:
        """Where each line begins that holds words; number, start and end of each of these within the line, overlapping
        ones included."""
        known = self._known
        if len(known) > _MOST:
            known.clear()
        lines = text.split("\n")
        if fresh := [line for line in lines if line not in known]:
            self._learn(fresh)
        found: list[tuple[int, list[tuple[int, int, int]]]] = []
        begin = 0
        for line in lines:
            if held := known[line]:
                found.append((begin, held))
            begin += len(line) + 1
        for line in fresh:
            if len(line) > _LONG:
                known.pop(line, None)
        return found

    def _learn(self, lines: Sequence[str]) -> None:
        held: list[tuple[int, int, int]] = []
        begin = behind = 0
        turn = iter(lines)
        for number, start, end in self._search.find_matches_as_indexes("\n".join(lines), overlapping=True):
            while end > behind - 1:  # matches come in the order of their ends
                line = next(turn)
                begin, behind = behind, behind + len(line) + 1
                held = self._known[line] = []
            held.append((number, start - begin, end - begin))
        for line in turn:
            self._known[line] = []


_FINDER = Finder(WORDS)


def find(text: str) -> Places:
    """Where each of WORDS stands; those that the text lacks are left out."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for begin, held in _FINDER.find(text):
        for number, start, _ in held:
            places[WORDS[number]].append(begin + start)
    return places
