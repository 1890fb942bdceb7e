"""The documents of a round: the bulletin, the workbook, the JSON Lines and a page a site."""

from govspider.reports.brief import brief
from govspider.reports.office import Office, OfficeError, load_office
from govspider.reports.outputs import unwritten, write_outputs

__all__ = ["Office", "OfficeError", "brief", "load_office", "unwritten", "write_outputs"]
