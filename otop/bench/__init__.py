"""Measures the pages of the register at its full size, in a database of its own; never part of the tests."""

from otop.bench.measure import Measure, measure_all

__all__ = ["Measure", "measure_all"]
