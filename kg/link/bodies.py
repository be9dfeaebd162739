"""Which body a name or a head word means in its article."""

from __future__ import annotations

from kg.link.drafts import Draft
from kg.link.knowledge import bare

_BEGINNING = 2  # words by which a longer name is known again


class Bodies:
    """The bodies of one article by the words of their names and by their heads."""

    def __init__(self) -> None:
        self._by_name: dict[tuple[str, ...], list[Draft]] = {}
        self._by_beginning: dict[tuple[str, ...], list[Draft]] = {}
        self._by_head: dict[str, list[Draft]] = {}

    def add(self, draft: Draft, head: str) -> None:
        """Take a new entry's draft in, under the bare first word of its name."""
        self._by_head.setdefault(head, []).append(draft)

    def same(self, name: tuple[str, ...], country: str | None) -> Draft | None:
        """The body named last in the same bare words, or in more that begin with these two (and of that state)."""
        begun = self._by_beginning.get(name, []) if len(name) == _BEGINNING else []
        return _latest(self._by_name.get(name) or begun, country)

    def remember(self, draft: Draft, name: tuple[str, ...], head: str) -> None:
        """A body was named in bare words; its head, where it is told, means this body from here on."""
        known = self._by_name.setdefault(name, [])
        if draft not in known:
            known.append(draft)
            if len(name) > _BEGINNING:
                self._by_beginning.setdefault(name[:_BEGINNING], []).append(draft)
        for word in {head, head.split()[0] if head else ""} - {""}:
            named = self._by_head.setdefault(word, [])
            if draft in named:
                named.remove(draft)
            named.append(draft)

    def by_head(self, head: str, country: str | None) -> Draft | None:
        """The body that `الوزارة`, `الجيش`, `الصحيفة` mean: the last one named with that head (and of that state)."""
        return _latest(self._by_head.get(bare(head), []), country)


def _latest(drafts: list[Draft], country: str | None) -> Draft | None:
    """The last of some bodies that may be of a state, where one is told."""
    return next((known for known in reversed(drafts) if country is None or known.country in (None, country)), None)
