import datetime as dt
from dataclasses import replace

import pytest

from govspider.facts import (
    Answer,
    Decides,
    FollowUp,
    ReportedFinding,
    Review,
    RoundResults,
    SiteKind,
    SiteStatus,
    VerdictKind,
)
from govspider.reports import Office
from govspider.reports.bulletin import Bulletin, Style, compose
from govspider.reports.phrases import how_many
from govspider.reports.subjects import told
from tests.reports.builder import blank, city, finding, media, round_of, site

OFFICE = Office(
    "乙市人民政府办公室",
    "全市",
    ("各县区人民政府",),
    rectify_by=dt.date(2021, 8, 25),
    report_to="政务公开科",
    decimals=1,
)


def text_of(results: RoundResults, office: Office = OFFICE) -> str:
    return "\n".join(lines(compose(results, office)))


def lines(bulletin: Bulletin) -> list[str]:
    return ["".join(map(bulletin.say, paragraph.sentences)) for paragraph in bulletin.body]


def annex(bulletin: Bulletin, key: str) -> tuple[tuple[str, ...], ...]:
    return next((annex.rows for annex in bulletin.annexes if annex.key == key), ())


def clue(number: int, review: Review = Review.PENDING) -> ReportedFinding:
    return finding(
        number,
        "content-tampered",
        "页面标题出现可疑词语甲乙丙",
        title="疑似内容被篡改",
        outcome="clue",
        decides=Decides.CLUE,
        review=review,
    )


def test_title_and_outline() -> None:
    bulletin = compose(city(), OFFICE)
    assert "".join(bulletin.title) == "乙市人民政府办公室关于2021年第三季度全市政府网站检查情况的通报"
    headings = [line for line, p in zip(lines(bulletin), bulletin.body, strict=True) if p.style is Style.FIRST]
    assert headings == ["一、总体情况", "二、存在问题", "三、工作要求"]
    assert bulletin.date == dt.date(2021, 8, 18)


def test_the_figures_of_the_model_case() -> None:
    text = text_of(city())
    assert "合格50个，占94.3%（50/53）" in text
    assert "不合格的3个，占5.7%（3/53）" in text
    assert "2021年8月25日前完成整改" in text


def test_the_annex_of_serious_sites() -> None:
    assert annex(compose(city(), OFFICE), "serious") == (
        ("1", "甲县人民政府", "6108000006", "未提供办事服务"),
        ("2", "乙市林业局", "6108000027", "未提供办事服务、多个栏目存在空白"),
        ("3", "乙市政务服务", "6108000048", "多个栏目存在空白"),
    )


def test_a_single_annex_has_no_number() -> None:
    assert [annex.mark for annex in compose(city(), OFFICE).annexes] == ["附件"]
    assert "（见附件）" in text_of(city())


def test_serious_sites_are_named_with_their_evidence_by_type() -> None:
    text = text_of(city())
    assert "1.栏目空白。" in text
    assert "乙市林业局（6108000027）检查的40个栏目中有6个空白；乙市政务服务（6108000048）" in text
    assert "2.服务不实用。" in text


def test_a_site_with_two_faults_of_one_type_is_told_once_in_it() -> None:
    news = finding(1, "columns-news-stale", "共有5个未按时更新", title="栏目不更新")
    long = finding(1, "columns-stale", "共有10个长期未更新", title="栏目长期未更新")
    bad = site(
        1, verdict=VerdictKind.UNQUALIFIED, vetoes=["columns-news-stale", "columns-stale"], findings=[news, long]
    )
    text = text_of(round_of(bad))
    assert "共1个。示例1局（6108000001）共有5个未按时更新，共有10个长期未更新。" in text


def test_undetermined_sites_change_neither_side_and_both_bases_are_given() -> None:
    results = round_of(
        site(1),
        site(2),
        site(
            3,
            verdict=VerdictKind.UNQUALIFIED,
            vetoes=["columns-blank"],
            problems=["多个栏目存在空白"],
            findings=[blank(3)],
        ),
        site(
            4,
            "丁局",
            verdict=VerdictKind.UNDETERMINED,
            unknown=[("home-stale", "访问超时"), ("columns-blank", "访问超时")],
        ),
    )
    text = text_of(results)
    assert "合格2个，占50.0%（2/4）" in text
    assert "未能形成结论的1个，占25.0%（1/4）（见附件2）" in text
    assert "合格率为66.7%（2/3）" in text
    assert annex(compose(results, OFFICE), "undetermined") == (
        ("1", "丁局", "6108000004", "首页更新、空白栏目数量：访问超时"),
    )


def test_sites_not_inspected_are_in_no_rate_and_are_listed() -> None:
    results = round_of(site(1), site(2, "未检局", verdict=VerdictKind.UNDETERMINED, inspected=False))
    bulletin = compose(results, OFFICE)
    text = text_of(results)
    assert "合格1个，占100%（1/1）" in text
    assert "占正常运行网站的50.0%（1/2）" in text
    assert annex(bulletin, "undetermined") == (("1", "未检局", "6108000002", "尚未检查"),)
    assert any("不完整" in note for note in bulletin.notes)


def test_excluded_sites_are_counted_and_listed_but_not_judged() -> None:
    results = round_of(
        site(1), site(2, "关停局", verdict=VerdictKind.EXCLUDED, status=SiteStatus.CLOSED, inspected=False)
    )
    assert "共2个，其中正常运行1个，关停1个不纳入检查" in text_of(results)
    assert annex(compose(results, OFFICE), "excluded") == (("1", "关停局", "6108000002", "关停"),)


def test_a_round_without_any_inspected_site_still_reads() -> None:
    results = round_of(site(1, verdict=VerdictKind.UNDETERMINED, inspected=False))
    assert "尚无完成检查的网站" in text_of(results)
    assert "尚无完成检查的网站" in text_of(round_of())


def test_a_clue_is_counted_but_never_told() -> None:
    results = round_of(
        site(
            1, verdict=VerdictKind.UNDETERMINED, unknown=[("content-tampered", "有线索待人工核实")], findings=[clue(1)]
        )
    )
    bulletin = compose(results, OFFICE)
    everything = text_of(results) + str(bulletin.annexes)
    assert "在1个网站发现疑似线索1条，需逐条人工核实" in everything
    assert "可疑词语甲乙丙" not in everything
    assert "篡改" not in everything


def test_a_clue_in_a_recheck_is_not_told_either() -> None:
    results = round_of(site(1, first=VerdictKind.UNDETERMINED, rechecks=[(clue(1), Answer.FIXED, "")]))
    assert "可疑词语" not in str(compose(results, OFFICE).annexes)


def test_a_confirmed_clue_is_a_problem() -> None:
    confirmed = clue(1, Review.CONFIRMED)
    bad = site(
        1,
        verdict=VerdictKind.UNQUALIFIED,
        vetoes=["content-tampered"],
        findings=[confirmed],
        problems=["网站内容被篡改"],
    )
    assert "示例1局（6108000001）页面标题出现可疑词语甲乙丙" in text_of(round_of(bad))


def test_rejected_findings_are_not_in_the_bulletin() -> None:
    gone = replace(blank(1), review=Review.REJECTED)
    minor = finding(
        1, "link-dead", "打不开", title="链接不可用", decides=Decides.NOTICE, outcome="notice", review=Review.REJECTED
    )
    text = text_of(round_of(site(1, findings=[gone, minor, clue(1, Review.REJECTED)])))
    assert "空白" not in text
    assert "链接不可用" not in text
    assert "线索" not in text


def test_minor_problems_are_counted_by_type_portals_apart() -> None:
    def dead(number: int, times: int, outcome: str) -> list[ReportedFinding]:
        return [
            finding(
                number,
                "link-dead",
                "打不开",
                key=f"{number}-{n}",
                title="链接不可用",
                decides=Decides.DEDUCTION,
                outcome=outcome,
            )
            for n in range(times)
        ]

    text = text_of(
        round_of(
            site(1, kind=SiteKind.PORTAL, findings=dead(1, 7, "violation")),
            site(2, findings=dead(2, 3, "notice")),
            site(3, findings=dead(3, 1, "notice")),
        )
    )
    assert "（二）门户网站其他问题\n1.链接不可用。1个网站共7处：示例1局7处。" in text
    assert "（三）部门和专题网站其他问题\n1.链接不可用。2个网站共4处：示例2局3处、示例3局1处。" in text


def test_what_a_veto_tells_is_not_told_again_as_minor() -> None:
    single = finding(1, "column-blank", "“甲”栏目为空白", title="单个空白栏目", decides=Decides.DEDUCTION)
    bad = site(1, verdict=VerdictKind.UNQUALIFIED, vetoes=["columns-blank"], findings=[blank(1), single])
    assert "单个空白栏目" not in text_of(round_of(bad))
    assert "单个空白栏目" in text_of(round_of(site(1, findings=[single])))


def test_rechecks_are_told_and_listed() -> None:
    again = site(5, "戊局", first=VerdictKind.UNQUALIFIED, rechecks=[(blank(5), Answer.FIXED, "栏目已有内容")])
    results = round_of(again)
    assert "对1个网站进行了复检，复核初检发现的问题和线索1项，其中已整改1项（见附件）" in text_of(results)
    assert "1个初检不合格的经整改后复检合格" in text_of(results)
    row = annex(compose(results, OFFICE), "rechecks")[0]
    assert row == ("1", "戊局", "栏目空白：检查的40个栏目中有6个空白", "已整改", "栏目已有内容")


def test_dates_left_over_from_another_round_are_noticed() -> None:
    deadline = replace(OFFICE, rectify_by=dt.date(2021, 5, 25))
    assert "不晚于成文日期" in "".join(compose(city(), deadline).notes)
    signed = replace(OFFICE, date=dt.date(2021, 5, 18))
    assert "早于监测时间点" in "".join(compose(city(), signed).notes)
    assert compose(city(), OFFICE).notes == ()


def test_without_particulars_the_text_names_nobody() -> None:
    bulletin = compose(city(), Office(notes=("未找到",)))
    assert "".join(bulletin.title) == "关于2021年第三季度政府网站检查情况的通报"
    assert "要求，组织开展了" in lines(bulletin)[0]
    assert "10个工作日内完成整改" in text_of(city(), Office())


def test_many_serious_sites_are_cut_in_the_text_and_complete_in_the_annex() -> None:
    many = round_of(
        *(
            site(
                n,
                verdict=VerdictKind.UNQUALIFIED,
                vetoes=["columns-blank"],
                findings=[blank(n)],
                problems=["多个栏目存在空白"],
            )
            for n in range(1, 31)
        )
    )
    assert "其余网站（见附件）" in text_of(many)
    assert len(annex(compose(many, OFFICE), "serious")) == 30


def test_a_long_list_of_reasons_ends_at_a_whole_item() -> None:
    many = "34个栏目未能核查：" + "、".join(f"“栏目{n}”（被访问验证拦截）" for n in range(34))
    results = round_of(site(1, verdict=VerdictKind.UNDETERMINED, unknown=[("columns-blank", many)]))
    reason = annex(compose(results, OFFICE), "undetermined")[0][3]
    assert len(reason) <= 161
    assert reason.endswith("（被访问验证拦截）等")


def test_both_halves_stand_in_one_bulletin_with_annexes_one_and_two() -> None:
    bulletin = compose(media(), OFFICE)
    text = text_of(media())
    assert "".join(bulletin.title).endswith("全市政府网站与政务新媒体检查情况的通报")
    assert "检查的10个政务新媒体中，合格7个，占70.0%（7/10）；不合格2个，占20.0%（2/10）（见附件2）。" in text
    assert "实际检查10个（微信6个、微博3个、移动客户端1个）" in text
    assert [annex.mark for annex in bulletin.annexes[:2]] == ["附件1", "附件2"]
    assert annex(bulletin, "unqualified-accounts") == (
        ("1", "微信订阅号", "示例3发布", "示例3单位", "未及时更新"),
        ("2", "微信订阅号", "示例7发布", "示例7单位", "未及时更新"),
    )
    assert "“示例3发布”（微信）最近一次更新是2021年6月1日" in text


def test_platforms_have_a_table_with_numerators_and_bases() -> None:
    bulletin = compose(media(), OFFICE)
    rows = annex(bulletin, "platforms")
    shown = [[cell if isinstance(cell, str) else bulletin.say(cell) for cell in row] for row in rows]
    assert shown[0] == ["微信", "6", "4", "2", "0", "66.7%（4/6）"]
    assert shown[-1] == ["合计", "10", "7", "2", "1", "70.0%（7/10）"]


def test_areas_have_a_table_where_there_are_several() -> None:
    here = site(1, "甲县人民政府", kind=SiteKind.PORTAL)
    there = site(2, changes={"site": replace(site(2).site, extra={"所属县区": "乙县"})})
    assert annex(compose(round_of(here), OFFICE), "areas") == ()
    bulletin = compose(round_of(here, there), OFFICE)
    assert [row[0] for row in annex(bulletin, "areas")] == ["甲县本级", "乙县", "合计"]


def test_the_round_before_is_followed_up() -> None:
    results = replace(
        round_of(site(1), site(2, verdict=VerdictKind.UNDETERMINED)),
        earlier_round="2021Q2",
        followups=tuple(FollowUp("site", site(n).site.code, f"示例{n}局", ("首页不更新",)) for n in (1, 2, 3)),
    )
    assert (
        "上一轮检查（2021年第二季度）不合格的3个政府网站中，本次合格1个、未能形成结论1个、不再登记1个。具体情况见附件2。"
        in text_of(results)
    )
    rows = annex(compose(results, OFFICE), "follow-ups")
    assert rows[0] == ("1", "示例1局", "首页不更新", "合格")
    assert [row[-1] for row in rows] == ["合格", "未能形成结论", "不再登记"]


def test_what_the_office_enters_is_told_and_nothing_else() -> None:
    entered = replace(OFFICE, error_reports={"received": 6, "answered": 5, "overdue": 1})
    text = text_of(city(), entered)
    assert "收到网民留言6条，办结5条，办结率为83.3%（5/6），超过规定时限未答复1条。" in text
    assert "找错" not in text_of(city())


def test_what_a_person_confirmed_is_not_told_as_suspected() -> None:
    text = "页面出现疑似严重表述错误“甲”"
    seen = replace(blank(1), rule="content-wrong-wording", message=text, outcome="clue", decides=Decides.CLUE)
    assert told(seen) == text
    assert told(replace(seen, review=Review.CONFIRMED)) == "页面出现严重表述错误“甲”"


@pytest.mark.parametrize(
    ("part", "base", "word"), [(1, 2, "个别"), (2, 40, "个别"), (3, 40, "部分"), (3, 6, "部分"), (4, 6, "多数")]
)
def test_the_word_for_a_share_follows_it(part: int, base: int, word: str) -> None:
    assert how_many(part, base) == word


def test_a_score_that_is_too_low_is_not_told_as_a_veto() -> None:
    low = site(1, kind=SiteKind.PORTAL, verdict=VerdictKind.UNQUALIFIED, problems=["扣分指标得分低于60分"])
    vetoed = site(2, verdict=VerdictKind.UNQUALIFIED, vetoes=["columns-blank"], findings=[blank(2)])
    assert "（一）网站单项否决问题" in text_of(round_of(vetoed))
    said = text_of(round_of(low, vetoed))
    assert "单项否决问题" not in said
    assert "（一）网站不合格情形" in said
    assert "2.其他情形。示例1局（6108000001）：扣分指标得分低于60分。" in said


def test_accounts_are_asked_for_material_only_where_some_are_open() -> None:
    unread = site(1, verdict=VerdictKind.UNDETERMINED, unknown=[("home-stale", "首页未能读取")])
    said = text_of(round_of(unread))
    assert "为检查提供便利；具备条件后将补充检查" in said
    assert "自查材料" not in said
