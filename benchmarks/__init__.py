"""Every speed claim, runnable: ``python -m benchmarks [speed|memory|reading]``."""
