"""The register (名册): which sites must be inspected, and what the office says of their columns."""

from govspider.register.accounts import load_accounts
from govspider.register.check import Checked, check_register
from govspider.register.outages import load_outages
from govspider.register.problems import RegisterError
from govspider.register.sites import load_sites

__all__ = ["Checked", "RegisterError", "check_register", "load_accounts", "load_outages", "load_sites"]
