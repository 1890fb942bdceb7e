"""The names of indicators and the opening sentences of the bulletin, grouped as the indicators group them."""

from collections.abc import Mapping
from dataclasses import dataclass

from govspider.facts import (
    AccountStatus,
    Column,
    ColumnState,
    Review,
    SiteKind,
    SiteStatus,
    Trust,
    VerdictKind,
)
from govspider.reports.text import label

BONUS = "加分"  # the third part of the indicators, beside the names of the second part's four
SCORE_PARTS = ("发布解读", "办事服务", "互动交流", "功能设计", BONUS)


@dataclass(frozen=True, slots=True)
class Group:
    """Rules that are told together. ``items`` are the single defects that ``rules`` count: not told twice for a site."""

    name: str
    opening: str  # follows 个别网站 / 部分网站 / 多数网站
    rules: tuple[str, ...]
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """What one half of a round is called. ``serious``, ``undetermined``, ``excluded`` and ``table`` are the keys of its
    annexes; ``minor_parts`` the headings of its minor problems, each for portals or for all others; ``outside`` what
    exceptions and closed ones are called."""

    name: str
    full: str
    failed: str
    serious: str
    undetermined: str
    excluded: str
    table: str
    table_name: str
    outside: tuple[str, str]
    minor_parts: tuple[tuple[str, bool], ...]
    unread: str


UNITS: Mapping[str, Unit] = {
    "sites": Unit(
        name="网站",
        full="政府网站",
        failed="存在严重问题、判定为不合格的",
        serious="serious",
        undetermined="undetermined",
        excluded="excluded",
        table="areas",
        table_name="各地区检查情况",
        outside=("例外", "关停"),
        minor_parts=(("门户网站其他问题", True), ("部门和专题网站其他问题", False)),
        unread="页面未能读取或者线索待核实",
    ),
    "accounts": Unit(
        name="政务新媒体",
        full="政务新媒体",
        failed="不合格",
        serious="unqualified-accounts",
        undetermined="undetermined-accounts",
        excluded="excluded-accounts",
        table="platforms",
        table_name="各平台检查情况",
        outside=("例外", "已注销或者迁移"),
        minor_parts=(("政务新媒体其他问题", False),),
        unread="没有可用的公开来源或者线索待核实",
    ),
}

GROUPS = (
    Group("安全和内容问题", "存在内容安全方面的严重问题，已经人工核实", (
        "content-tampered", "content-wrong-wording", "content-harmful-link", "content-leak", "dates-forged",
    )),
    Group("站点无法访问", "运行不稳定，监测期间多次长时间打不开", ("site-unreachable",)),
    Group("首页不更新", "首页内容保障不到位，监测期内没有新的信息", ("home-stale",)),
    Group("栏目不更新", "栏目维护不及时，应更新的栏目长期没有新的信息", ("columns-news-stale", "columns-stale"), ("column-stale",)),
    Group("栏目空白", "栏目开设后内容保障没有跟上，多个栏目没有内容", ("columns-blank",), ("column-blank",)),
    Group("互动回应差", "互动交流渠道不健全或者对网民留言回应不及时", ("channel-absent", "messages-unanswered")),
    Group("服务不实用", "办事服务内容不完整，不便于企业和群众办事", (
        "service-absent", "guides-incomplete", "guides-all-incomplete",
    ), ("guide-element-missing",)),
    Group("新媒体内容问题", "存在内容安全方面的严重问题，已经人工核实", ("account-content", "account-faked-engagement")),
    Group("新媒体不更新", "监测时间点前两周内没有更新", ("account-stale",)),
    Group("新媒体无法使用", "无法下载、访问或者使用", ("account-unusable",)),
    Group("新媒体互动回应差", "没有提供有效的互动功能", ("account-no-interaction",)),
    Group("新媒体未发布本单位信息", "监测期内没有发布与本单位有关的信息", ("account-no-own-content",)),
)  # fmt: skip

# What an indicator looks at, in neutral words: they stand where it is said that it could not be judged, and there
# "no services offered" would read like a fault.
RULE_NAMES: Mapping[str, str] = {
    "site-unreachable": "站点可用性",
    "home-stale": "首页更新",
    "columns-news-stale": "动态、公告、政策类栏目更新",
    "columns-stale": "其他栏目更新",
    "columns-blank": "空白栏目数量",
    "channel-absent": "咨询建言渠道",
    "messages-unanswered": "留言答复",
    "service-absent": "办事服务",
    "guides-incomplete": "办事指南要素",
    "guides-all-incomplete": "办事指南要素",
    "content-tampered": "内容安全",
    "content-wrong-wording": "表述规范",
    "content-harmful-link": "外部链接安全",
    "content-leak": "个人信息保护",
    "content-typo": "错别字",
    "dates-forged": "发稿日期",
    "dates-disagree": "发稿日期标签",
    "site-redesigned": "网站改版",
    "link-dead": "链接可用性",
    "column-blank": "空白栏目",
    "column-withdrawn": "栏目内容撤下",
    "column-stale": "栏目更新",
    "guide-element-missing": "办事指南要素",
    "page-tags-missing": "页面标签",
    "footer-item-missing": "页面底部标识",
    "register-drift": "登记信息",
    "account-stale": "内容更新",
    "account-unusable": "能否使用",
    "account-no-interaction": "互动功能",
    "account-no-own-content": "本单位信息",
    "account-faked-engagement": "互动数据",
    "account-content": "内容安全",
    "overview-outdated": "概况信息",
    "functions-inaccurate": "机构职能",
    "leaders-incomplete": "领导信息",
    "interpretation-share": "政策文件解读",
    "services-unsorted": "办事事项公开",
    "registration-unavailable": "在线申请",
    "application-unavailable": "在线申请",
    "guide-absent": "办事指南",
    "guide-inaccurate": "办事指南准确性",
    "submission-unavailable": "信息提交",
    "login-not-unified": "互动栏目登录",
    "reply-late": "咨询答复时效",
    "reply-poor": "咨询答复质量",
    "name-irregular": "网站名称",
    "name-not-shown": "网站名称展示",
    "error-reports-late": "网民找错办理时效",
    "error-reports-poor": "网民找错办理质量",
    "login-not-single": "一号登录",
    "interpretation-forms": "解读形式",
    "service-rating-absent": "服务评价功能",
    "service-ratings-unpublished": "服务评价结果",
    "service-topics-absent": "专题和集成服务",
    "service-policies-unlinked": "服务与政策关联",
    "reply-not-prompt": "实时答复",
    "smart-answers-absent": "智能答问",
    "user-space-absent": "用户空间",
    "innovation": "创新发展",
    "account-advertising": "商业广告",
    "public-outcry": "负面舆情",
    "secret-disclosed": "保守国家秘密",
    "overview-absent": "概况信息",
    "functions-absent": "机构职能",
    "leaders-absent": "领导信息",
    "news-absent": "动态要闻栏目",
    "news-stale": "动态要闻更新",
    "policies-absent": "政策文件栏目",
    "policies-stale": "政策文件更新",
    "interpretations-absent": "政策解读栏目",
    "interpretations-stale": "政策解读更新",
    "domain-irregular": "网站域名",
    "score": "综合得分",
    "error-entry-missing": "找错入口",
    "search-absent": "站内搜索",
    "search-misses": "站内搜索结果",
    "search-unclassified": "搜索结果分类",
    "interpretation-unlinked": "解读关联",
    "policy-unlinked": "解读关联",
    "service-statistics-absent": "办事统计",
    "service-statistics-stale": "办事统计更新",
    "guide-wording-vague": "办事指南表述",
    "guide-materials-unclear": "办理材料要求",
    "guide-policy-unexplained": "办事指南政策依据",
    "guide-form-missing": "表格样表",
    "letter-part-missing": "公开留言要素",
    "letters-stale": "公开留言更新",
    "letter-statistics-absent": "留言统计",
    "letters-unpublished": "留言公开",
    "display-broken": "兼容性",
    "ipv-six-missing": "IPv6改造",
    "data-fresh": "数据发布更新",
    "data-charts": "数据可视化",
    "data-sets": "数据集下载",
    "polls-held": "调查征集活动",
    "poll-results-published": "调查征集结果",
    "search-fuzzy": "模糊搜索",
    "search-serves": "搜索即服务",
    "search-covers-below": "下级网站内容搜索",
}
VERDICT_NAMES: Mapping[VerdictKind, str] = {
    VerdictKind.QUALIFIED: "合格",
    VerdictKind.UNQUALIFIED: "不合格",
    VerdictKind.UNDETERMINED: "未能形成结论",
    VerdictKind.EXCLUDED: "未纳入检查",
}
KIND_NAMES: Mapping[SiteKind, str] = {
    SiteKind.PORTAL: "门户网站",
    SiteKind.DEPARTMENT: "部门网站",
    SiteKind.TOPIC: "专题网站",
}
STATUS_NAMES: Mapping[SiteStatus, str] = {
    SiteStatus.NORMAL: "正常",
    SiteStatus.EXCEPTION: "例外",
    SiteStatus.CLOSED: "关停",
}
ACCOUNT_STATUS_NAMES: Mapping[AccountStatus, str] = {
    AccountStatus.NORMAL: "正常",
    AccountStatus.EXCEPTION: "例外",
    AccountStatus.CLOSED: "注销",
    AccountStatus.MOVED: "迁移",
    AccountStatus.DELETED: "删除",
}
TRUST_NAMES: Mapping[Trust, str] = {
    Trust.OPEN: "公开",
    Trust.SEEN: "此前所见",
    Trust.EXPORT: "后台导出",
    Trust.STATED: "单位填报",
}
STATE_NAMES: Mapping[str, str] = {
    "updated": "已更新",
    "stale": "未按期更新",
    "blank": "空白",
    "withdrawn": "内容已撤",
    "unreadable": "未能识别",
    "blocked": "访问受阻",
    "failed": "打不开",
    "external": "站外链接",
}
CATEGORY_NAMES: Mapping[str, str] = {
    "news": "动态要闻",
    "notice": "通知公告",
    "policy": "政策文件",
    "interpretation": "政策解读",
    "overview": "概况机构",
    "service": "办事服务",
    "interaction": "互动交流",
    "data": "数据发布",
    "other": "其他",
}
OUTCOME_NAMES: Mapping[str, str] = {"violation": "问题", "clue": "线索", "notice": "提示"}
DECIDES_NAMES: Mapping[str, str] = {
    "veto": "单项否决",
    "clue": "人工核实",
    "deduction": "扣分项",
    "bonus": "加分项",
    "notice": "提示",
}
REVIEW_NAMES: Mapping[Review, str] = {
    Review.PENDING: "待核实",
    Review.CONFIRMED: "已确认",
    Review.REJECTED: "已排除",
}
FETCH_NAMES: Mapping[str, str] = {
    "ok": "正常",
    "http_error": "服务器返回错误",
    "timeout": "超时",
    "refused": "拒绝连接",
    "dns": "域名不能解析",
    "tls": "证书有误",
    "blocked": "需要访问验证",
    "robots": "不允许程序访问",
    "too_large": "内容过大",
    "not_html": "不是网页",
    "off_host": "转到站外",
    "private": "内部地址",
    "other": "其他错误",
}
INSPECTION_NAMES: Mapping[str, str] = {"first": "初检", "recheck": "复检"}


def column_note(column: Column, state: ColumnState) -> str:
    """What the ledger says beside a column's state: why it was not read, or what the state rests on."""
    said = column.reason or ("条目未注明日期" if column.undated else "、".join(column.evidence))
    if state is not ColumnState.WITHDRAWN or column.earlier is None:
        return said
    before = f"此前检查（{column.earlier.seen}）有{column.earlier.entries}条信息"
    return f"{before}；{said}" if said else before


def rule_name(rule: str) -> str:
    return RULE_NAMES.get(rule, label(rule))


def group_of(rule: str) -> Group | None:
    return next((group for group in GROUPS if rule in group.rules or rule in group.items), None)


def how_many(part: int, base: int) -> str:
    """个别, 部分 or 多数: the words that bulletins use for a share of the sites. Just half is no majority."""
    if part <= 1 or part * 20 <= base:
        return "个别"
    return "多数" if part * 2 > base else "部分"
