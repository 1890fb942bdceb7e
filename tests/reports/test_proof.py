from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from govspider.facts import RoundResults
from govspider.reports import Office
from govspider.reports.bulletin import Bulletin, compose
from govspider.reports.proof import ProofError, marked, prove
from govspider.reports.recount import recount
from govspider.reports.sentences import Sentence
from govspider.reports.word import write_bulletin
from tests.reports.builder import MOMENT, blank, city, media, round_of, site

OFFICE = Office(
    "乙市人民政府办公室", "全市2区", ("各县区人民政府",), contact="联系电话：0000-0000000", remark="此件公开发布"
)


@pytest.fixture
def drawn(tmp_path: Path) -> tuple[Path, Bulletin]:
    bulletin = compose(city(), OFFICE)
    path = tmp_path / "通报.docx"
    write_bulletin(bulletin, path, made=MOMENT, recounted=recount(city()))
    return path, bulletin


def changed(path: Path, old: str, new: str) -> None:
    """As if somebody, or a fault of the program, had written another text."""
    document = Document(str(path))
    texts = [node for node in document.element.body.iter() if node.tag.endswith("}t") and old in (node.text or "")]
    assert texts, f"{old} is not in the document"
    texts[0].text = texts[0].text.replace(old, new)
    document.save(str(path))


def test_a_sound_document_is_proved(drawn: tuple[Path, Bulletin]) -> None:
    prove(*drawn, recount(city()))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("合格50个", "合格51个"),  # a count
        ("94.34%", "94.30%"),  # a rate
        ("（50/53）", "（50/54）"),  # its base
        ("40个栏目中有6个", "40个栏目中有7个"),  # a finding's own sentence
        ("加强日常保障", "加强3项日常保障"),  # a number where none was counted
        ("6108000027", "6108000028"),  # a row of the annex
        ("附件", "附件7"),
    ],
)
def test_a_number_that_the_store_does_not_give_is_found(drawn: tuple[Path, Bulletin], old: str, new: str) -> None:
    path, bulletin = drawn
    changed(path, old, new)
    with pytest.raises(ProofError):
        prove(path, bulletin, recount(city()))


def rows_of(document: Any) -> list[Any]:
    """The rows of the first annex, without its head."""
    return list(document.tables[0].rows)[1:]


@pytest.mark.parametrize("how", ["removed", "doubled", "renumbered", "exchanged"])
def test_rows_that_were_changed_in_the_finished_document_are_found(drawn: tuple[Path, Bulletin], how: str) -> None:
    path, bulletin = drawn
    document = Document(str(path))
    first, second = rows_of(document)[:2]
    if how == "removed":
        first._tr.getparent().remove(first._tr)
    elif how == "doubled":
        first._tr.addnext(deepcopy(first._tr))
    else:
        column = 0 if how == "renumbered" else 2
        one, other = first.cells[column].paragraphs[0].runs[0], second.cells[column].paragraphs[0].runs[0]
        assert one.text != other.text
        one.text, other.text = (other.text, one.text) if how == "exchanged" else (other.text, other.text)
    document.save(str(path))
    with pytest.raises(ProofError):
        prove(path, bulletin, recount(city()))


def without(results: RoundResults, number: int) -> RoundResults:
    return round_of(*(one for place, one in enumerate(results.sites, 1) if place != number))


def test_a_document_of_other_results_is_refused_and_not_left(tmp_path: Path) -> None:
    path = tmp_path / "通报.docx"
    with pytest.raises(ProofError, match="应为“检查的52个网站中"):
        write_bulletin(compose(city(), OFFICE), path, made=MOMENT, recounted=recount(without(city(), 1)))
    assert list(tmp_path.iterdir()) == []


def test_a_row_too_few_is_found(tmp_path: Path) -> None:
    whole = compose(city(), OFFICE)
    serious = whole.annexes[0]
    bulletin = replace(whole, annexes=(replace(serious, rows=serious.rows[:2]),))
    with pytest.raises(ProofError, match="有 2 行，应有 3 行"):
        write_bulletin(bulletin, tmp_path / "通报.docx", made=MOMENT, recounted=recount(city()))


def test_both_halves_and_entered_figures_are_proved(tmp_path: Path) -> None:
    office = replace(OFFICE, error_reports={"received": 6, "answered": 5})
    results = media()
    bulletin = compose(results, office)
    write_bulletin(bulletin, tmp_path / "通报.docx", made=MOMENT, recounted=recount(results) | office.entered)
    with pytest.raises(ProofError, match="办结5条"):
        write_bulletin(
            bulletin,
            tmp_path / "通报.docx",
            made=MOMENT,
            recounted=recount(results) | {"entered.received": 6, "entered.answered": 6},
        )


def test_every_sentence_with_a_number_has_a_hidden_bookmark_to_its_findings(drawn: tuple[Path, Bulletin]) -> None:
    path, bulletin = drawn
    names = [
        node.get(node.keys()[-1])
        for node in Document(str(path)).element.body.iter()
        if node.tag.endswith("}bookmarkStart")
    ]
    assert names == [name for name, _ in marked(bulletin)]
    assert all(name.startswith("_") for name in names)
    outcome = next(sentence for _, sentence in marked(bulletin) if "sites.unqualified" in sentence.measured)
    assert set(outcome.keys) == {"6-service-absent", "27-service-absent", "27-columns-blank", "48-columns-blank"}


def test_names_with_braces_and_digits_are_only_names(tmp_path: Path) -> None:
    hostile = round_of(site(1, "{sites.checked}网3{a/b}"), site(2, "甲{finding:1-columns-blank}", findings=[blank(2)]))
    write_bulletin(compose(hostile, OFFICE), tmp_path / "通报.docx", made=MOMENT, recounted=recount(hostile))


def test_a_template_has_no_digits_of_its_own() -> None:
    for sentence in (sentence for paragraph in compose(city(), OFFICE).body for sentence in paragraph.sentences):
        assert isinstance(sentence, Sentence)
        assert not any(character.isascii() and character.isdigit() for character in sentence.literal)
