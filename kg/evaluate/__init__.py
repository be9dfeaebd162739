"""Measuring extraction records against gold annotation: the tasks and figures of `docs/record.md`."""

from kg.evaluate.gold import Gold, read_gold, read_records
from kg.evaluate.scoring import Problem, Report, evaluate

__all__ = ["Gold", "Problem", "Report", "evaluate", "read_gold", "read_records"]
