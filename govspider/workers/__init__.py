"""Work for other processes: reading pages."""

from govspider.workers.readers import Readers

__all__ = ["Readers"]
