"""What is worked out once for each word."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

_MOST_REMEMBERED = 200_000  # words
_Value = TypeVar("_Value")


class Memo(dict[str, _Value]):
    """What was worked out for each word; emptied when it grows past its limit, so that memory stays flat."""

    def __init__(self, work_out: Callable[[str], _Value]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, form: str) -> _Value:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        value = self[form] = self._work_out(form)
        return value
