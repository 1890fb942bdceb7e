"""Invented words for the demo city's pages. Every text is drawn from a generator seeded by the site's code."""

import random

PLACES = ("东坪", "西沟", "南塬", "北湾", "柳树", "石桥", "清水", "双河", "杏林", "高家")
SUBJECTS = (
    "安全生产", "营商环境", "乡村道路", "防汛抗旱", "政务公开", "节约用水", "消防宣传", "就业服务",
    "项目建设", "古树保护", "冬季供暖", "老旧小区改造", "校园食堂", "数据治理", "义务植树", "粮食收储",
)  # fmt: skip
NEWS = (
    "{who}召开{subject}工作推进会",
    "{who}到{place}镇调研{subject}工作",
    "{who}开展{subject}专题培训",
    "{place}镇扎实做好{subject}各项工作",
    "我市{subject}工作取得新进展",
    "{who}组织{subject}现场观摩活动",
)
NOTICES = (
    "关于做好{subject}有关工作的通知",
    "关于{place}镇{subject}项目的公示",
    "关于公开征求{subject}工作方案意见的公告",
    "关于开展{subject}检查的通告",
)
POLICIES = (
    "关于印发{subject}工作实施方案的通知",
    "关于进一步加强{subject}工作的意见",
    "{subject}管理办法",
    "关于调整{subject}领导小组组成人员的通知",
)
INTERPRETATIONS = ("《{subject}管理办法》政策解读", "一图读懂:{subject}工作实施方案", "《{subject}工作意见》解读")
OTHERS = (
    "{subject}工作情况",
    "{place}镇{subject}建设情况公开",
    "{subject}专项工作简报",
    "{subject}年度工作要点",
    "{place}镇{subject}情况汇总",
)
SENTENCES = (
    "会议听取了前一阶段{subject}工作情况汇报,研究了存在的困难,安排了下一步任务。",
    "{place}镇结合实际制定了工作清单,明确了责任人和完成时间。",
    "有关单位要加强沟通配合,把{subject}各项措施落到实处。",
    "工作人员走村入户,向群众讲解{subject}有关政策,现场解答疑问。",
    "下一步将继续完善制度,加强督促检查,确保{subject}工作取得实效。",
)
SERVICES = (
    "公共场所卫生许可", "小型餐饮店登记", "临时占用道路审批", "林木移植审批", "老年人优待证办理", "残疾人证换领",
    "取水口登记", "社会团体年度检查", "校车使用许可", "住房补贴申请", "户外广告设置审批", "印章刻制备案",
)  # fmt: skip
QUESTIONS = (
    ("{place}镇路灯不亮", "您好,{place}镇主街有几盏路灯已经不亮,晚上出行不便,请问什么时候能够维修?"),
    ("咨询{service}需要哪些材料", "请问办理{service}需要准备哪些材料,周末是否可以办理?"),
    ("建议增加公交班次", "{place}镇到城区的公交车班次较少,早晚高峰等待时间较长,建议适当增加。"),
    ("关于{subject}的咨询", "想了解今年{subject}的具体安排,从哪里可以查到?"),
)
ANSWERS = (
    "网友您好,来信收悉。经核实,您反映的问题已转有关单位办理,预计本月完成。感谢您的关心和支持。",
    "网友您好,您咨询的事项可以在政务服务大厅三号窗口办理,工作日上午八时三十分至下午五时三十分受理。",
    "网友您好,您的建议已收到,我们会在今后的工作中认真研究采纳。",
)
# The ten key elements of a guide under two sets of labels.
ELEMENTS = (
    "事项名称", "设定依据", "申请条件", "办理材料", "办理地点", "办理机构", "收费标准", "办理时间", "联系电话", "办理流程",
)  # fmt: skip
SYNONYMS = {
    "设定依据": "法律依据",
    "申请条件": "受理条件",
    "办理材料": "申请材料",
    "办理机构": "实施机关",
    "联系电话": "咨询电话",
    "办理流程": "办理程序",
}


class Pen:
    """Writes invented texts; the same seed writes the same texts."""

    def __init__(self, seed: str, who: str) -> None:
        self.random = random.Random(seed)  # noqa: S311 - texts, not secrets
        self.who = who

    def fill(self, template: str) -> str:
        choose = self.random.choice
        return template.format(who=self.who, place=choose(PLACES), subject=choose(SUBJECTS), service=choose(SERVICES))

    def one_of(self, templates: tuple[str, ...]) -> str:
        return self.fill(self.random.choice(templates))

    def paragraphs(self, count: int) -> tuple[str, ...]:
        return tuple(self.one_of(SENTENCES) for _ in range(count))

    def elements(self, service: str) -> dict[str, str]:
        place = self.random.choice(PLACES)
        return {
            "事项名称": service,
            "设定依据": f"《{service}管理暂行规定》第{self.random.randint(3, 30)}条",
            "申请条件": "在本市居住或者注册,材料齐全、符合规定形式的自然人、法人和其他组织。",
            "办理材料": "1.申请表原件一份;2.身份证明复印件一份;3.经办人授权书原件一份。",
            "办理地点": f"{place}路{self.random.randint(1, 99)}号政务服务大厅二楼",
            "办理机构": self.who,
            "收费标准": "不收费",
            "办理时间": "工作日 8:30—12:00,14:00—17:30",
            "联系电话": f"0999-{self.random.randint(2000000, 8999999)}",
            "办理流程": "申请、受理、审查、决定、送达。",
        }
