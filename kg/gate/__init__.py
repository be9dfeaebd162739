"""The gate: SHACL decides which graphs enter the store.

`judge(case, text_of)` judges one article's graph, `judge_all` several in one go (cheaper per article); both give a
`Verdict`. `engine.py` has what SHACL finds, `screening.py` the faster engine that may screen. The gate is handed quads
and a reader of article texts; it knows nothing of the store.
"""

from kg.gate.judge import Case, judge, judge_all
from kg.gate.own import TextReader
from kg.gate.report import report_graph
from kg.gate.verdict import Result, Severity, Verdict

__all__ = ["Case", "Result", "Severity", "TextReader", "Verdict", "judge", "judge_all", "report_graph"]
