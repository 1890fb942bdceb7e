"""The parts of a Word file that carry the format of official documents (GB/T 9704-2012): styles, settings, fonts.

Lengths are twips (1/20 pt), font sizes half points, indents by characters hundredths of a character.
"""

from dataclasses import dataclass

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NS = f'xmlns:w="{W}"'

PAGE = (11906, 16838)  # A4
TOP, BOTTOM, LEFT, RIGHT = 2098, 1984, 1587, 1474  # 37, 35, 28 and 26 mm: a type area of 156 x 225 mm
WIDTH = PAGE[0] - LEFT - RIGHT
LINE = 579  # 28.95 pt: 22 lines fill the type area
CHAR_SPACE = -842  # in 1/4096 pt: 28 characters of 16 pt fill the 156 mm
# The same 28 characters by spacing of their own (1/20 pt): a grid narrower than its characters is drawn by some
# programs with two cells a character, so the text does not snap to it.
TIGHT = -6
BODY_SIZE = 32
FOOTER = 1417  # 25 mm from the edge: the dashes of a 14 pt number then stand 7 mm below the type area

TITLE_FONT = "方正小标宋简体"
BODY_FONT = "仿宋_GB2312"
HEAD_FONT = "黑体"
SECOND_FONT = "楷体_GB2312"
NUMBER_FONT = "宋体"

# What Word takes when a font is not installed, and the font's family by PANOSE-like class.
_FONTS = (
    (TITLE_FONT, "小标宋,宋体", "roman"),
    (BODY_FONT, "仿宋,FangSong", "modern"),
    (HEAD_FONT, "SimHei", "swiss"),
    (SECOND_FONT, "楷体,KaiTi", "script"),
    (NUMBER_FONT, "SimSun", "roman"),
)


@dataclass(frozen=True, slots=True)
class StyleDef:
    """A paragraph style. ``line`` is exact; ``first`` and ``right`` are indents in hundredths of a character."""

    id: str
    name: str
    font: str
    size: int
    line: int = LINE
    align: str = "both"
    first: int = 0
    outline: int | None = None
    keep: bool = False

    def xml(self) -> str:
        default = ' w:default="1"' if self.id == "Normal" else ""
        based = "" if self.id == "Normal" else '<w:basedOn w:val="Normal"/>'
        keep = "<w:keepNext/>" if self.keep else ""
        level = "" if self.outline is None else f'<w:outlineLvl w:val="{self.outline}"/>'
        first = self.first * self.size // 10  # the same indent in twips
        return (
            f'<w:style {NS} w:type="paragraph"{default} w:styleId="{self.id}"><w:name w:val="{self.name}"/>{based}'
            f'<w:qFormat/><w:pPr>{keep}<w:widowControl w:val="0"/><w:snapToGrid w:val="0"/>'
            f'<w:spacing w:before="0" w:after="0" w:line="{self.line}" w:lineRule="exact"/>'
            f'<w:ind w:firstLineChars="{self.first}" w:firstLine="{first}"/><w:jc w:val="{self.align}"/>{level}</w:pPr>'
            f"{run_properties(self.font, self.size)}</w:style>"
        )


def run_properties(font: str, size: int) -> str:
    """All four slots hold the same font: digits and quotation marks must not fall out of the Chinese text."""
    tight = f'<w:spacing w:val="{TIGHT}"/>' if size == BODY_SIZE else ""
    return (
        f'<w:rPr><w:rFonts w:hint="eastAsia" w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
        f'<w:snapToGrid w:val="0"/>{tight}<w:kern w:val="0"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    )


STYLES = (
    StyleDef("Normal", "Normal", BODY_FONT, 32),
    StyleDef("Title", "Title", TITLE_FONT, 44, line=680, align="center", keep=True),
    StyleDef("Body", "公文正文", BODY_FONT, 32, first=200),
    StyleDef("First", "heading 1", HEAD_FONT, 32, first=200, outline=0, keep=True),
    StyleDef("Second", "heading 2", SECOND_FONT, 32, first=200, outline=1, keep=True),
    StyleDef("Mark", "附件标识", HEAD_FONT, 32, align="left", outline=0, keep=True),
    StyleDef("Footer", "footer", NUMBER_FONT, 28, line=360),
    StyleDef("Cell", "表格文字", BODY_FONT, 24, line=400, align="left"),
    StyleDef("CellCenter", "表格文字居中", BODY_FONT, 24, line=400, align="center"),
    StyleDef("CellHead", "表头", HEAD_FONT, 24, line=400, align="center", keep=True),
    StyleDef("Gap", "表间", BODY_FONT, 2, line=20),
    StyleDef("Note", "制作提示", SECOND_FONT, 24, line=400, align="left"),
)

DOC_DEFAULTS = (
    f"<w:docDefaults {NS}><w:rPrDefault>{run_properties(BODY_FONT, 32).replace('</w:rPr>', '')}"
    '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    "<w:pPrDefault><w:pPr/></w:pPrDefault></w:docDefaults>"
)

_COMPAT = "http://schemas.microsoft.com/office/word"
SETTINGS = (
    f'<w:settings {NS}><w:zoom w:percent="100"/><w:defaultTabStop w:val="640"/><w:evenAndOddHeaders/>'
    '<w:drawingGridVerticalSpacing w:val="579"/><w:characterSpacingControl w:val="compressPunctuation"/><w:compat>'
    "<w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
    f'<w:adjustLineHeightInTable/><w:useFELayout/><w:compatSetting w:name="compatibilityMode" w:uri="{_COMPAT}" '
    'w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)

SECTION = (
    f'<w:sectPr {NS}><w:pgSz w:w="{PAGE[0]}" w:h="{PAGE[1]}"/><w:pgMar w:top="{TOP}" w:right="{RIGHT}" '
    f'w:bottom="{BOTTOM}" w:left="{LEFT}" w:header="851" w:footer="{FOOTER}" w:gutter="0"/>'
    f'<w:cols w:space="425"/><w:docGrid w:type="linesAndChars" w:linePitch="{LINE}" w:charSpace="{CHAR_SPACE}"/></w:sectPr>'
)


def font_table() -> str:
    rows = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="{family}"/>'
        '<w:pitch w:val="auto"/></w:font>'
        for name, other, family in _FONTS
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {NS}>{rows}</w:fonts>'


def page_number(*, right: bool) -> str:
    """— 1 — in 14 pt 宋体, one character away from the outer edge."""
    props = run_properties(NUMBER_FONT, 28)

    def field(kind: str) -> str:
        return f'<w:r>{props}<w:fldChar w:fldCharType="{kind}"/></w:r>'

    side, align = ("right", "right") if right else ("left", "left")
    return (
        f'<w:p {NS}><w:pPr><w:pStyle w:val="Footer"/><w:ind w:{side}="280" w:{side}Chars="100"/><w:jc w:val="{align}"/>'
        f'</w:pPr><w:r>{props}<w:t xml:space="preserve">— </w:t></w:r>{field("begin")}<w:r>{props}'
        f'<w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>{field("separate")}<w:r>{props}<w:t>1</w:t></w:r>'
        f'{field("end")}<w:r>{props}<w:t xml:space="preserve"> —</w:t></w:r></w:p>'
    )
