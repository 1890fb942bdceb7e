"""What the page of a published letter shows of it: when it was asked and answered, by whom, and the answer."""

import re
from collections.abc import Mapping

from govspider.facts import LETTER_PARTS
from govspider.reading.dom import Doc
from govspider.reading.message_rows import FOOT

_UNIT_LABEL = re.compile(
    r"(?:答复|回复|办理|处理|承办|受理|反馈|经办|责任|回复人|答复人|处置|主办|办件)\s*(?:单\s*位|部\s*门|机\s*构|机\s*关|人|者)\s*[:：\s]\s*\S"
)
_UNIT_LINE = re.compile(
    r"^\S{2,28}(?:局|委|委员会|厅|办|办公室|中心|政府|管委会|街道|街道办|办事处|镇|乡|院|校|所|站|队|公司|银行|部|科)(?:\s*(?:答复|回复|处理|反馈|解答)?\s*[:：。]?|\s+20\d\d.*|[(（].{0,8}[)）])$"
)
_BEGIN = re.compile(
    r"(?:来信|留言|信件|咨询|提问|写信|投诉|问题|诉求|提交)(?:人|者)?\s*(?:时间|日期|内容|标题|主题|编号|类型)"
)
_LONG = 40


def letter_parts(doc: Doc, fields: Mapping[str, str], *, asked: bool, answered: bool, replied: bool) -> tuple[str, ...]:
    """The official parts that are there. A unit counts wherever it is named: behind its label or on a line of its own."""
    asked_at, answered_at, unit, answer = LETTER_PARTS
    text = _letter(doc)
    lines = (line.strip() for line in text.split("\n"))
    named = bool(_UNIT_LABEL.search(text)) or any(_UNIT_LINE.match(line) for line in lines if len(line) <= _LONG)
    named = named or any(re.search("单位|部门|机构", name) and text.strip() for name, text in fields.items())
    shown = {asked_at: asked, answered_at: answered, unit: named, answer: replied}
    return tuple(part for part in LETTER_PARTS if shown[part])


def _letter(doc: Doc) -> str:
    """The page from the letter's first label to its foot: the head and the foot name the site's own unit."""
    begin = _BEGIN.search(doc.text)
    foot = doc.first(FOOT, len(doc.text) // 3)
    return doc.text[begin.start() if begin else 0 : foot.start() if foot else len(doc.text)]
