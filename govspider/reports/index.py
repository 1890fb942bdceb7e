"""通报索引: which findings each number of the bulletin rests on."""

from collections.abc import Iterator

from govspider.reports.bulletin import Bulletin
from govspider.reports.proof import marked
from govspider.reports.sheets import Head

IndexRow = tuple[str, str, str]  # bookmark, key of a finding, sentence

INDEX = (Head("书签", 10), Head("问题编号", 28), Head("通报中的内容", 100, "wrap"))


def index_rows(bulletin: Bulletin) -> Iterator[IndexRow]:
    """A row for each finding of each sentence or cell with a number; one without a finding where it only counts."""
    for name, sentence in marked(bulletin):
        for key in sentence.keys or ("",):
            yield name, key, bulletin.say(sentence)
