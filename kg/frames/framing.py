"""Attribution frames around acts of speech: they hand them on, or speak themselves where there is none."""

from __future__ import annotations

from bisect import bisect_left

from kg.frames.act import MEDIA, Act
from kg.frames.attribution import Attribution
from kg.frames.nesting import is_report, passes_on
from kg.frames.view import View
from kg.model import Entity

_REST = 8  # tokens that may follow a frame that ends a sentence
_GAP = 3  # tokens between frames that belong together: `وفق ما ذكرت الوكالة نقلا عن …`
_WORDS = 4  # tokens that a frame without a verb must leave to be said
_SCOPE = 150  # tokens within which a frame hands acts on


def with_frames(view: View, found: list[Act], frames: list[Attribution]) -> list[Act]:
    """Attribution frames give the acts around them a chain, or speak themselves where there is none."""
    clusters: list[list[Attribution]] = []
    for frame in frames:
        if clusters and frame.first - clusters[-1][-1].last <= _GAP:
            clusters[-1].append(frame)
        else:
            clusters.append([frame])
    places = [act.first for act in found]
    added: list[Act] = []
    for cluster in clusters:
        sources = [tuple({e.id: e for p in frame.sources for e in p.entities}.values()) for frame in cluster]
        first, last = cluster[0].first - _SCOPE, cluster[-1].last + _SCOPE
        near = found[bisect_left(places, first) : bisect_left(places, last)]
        inside = next((act for act in near if act.verb < cluster[0].first < act.mark), None)
        spoken = (act for act in near if act.speakers or act.subject is None or act.subject.how != "unknown")
        scope = [act for act in spoken if act.cue is not None and act.cue.form.tense != "participle"]
        if inside is not None and cluster[0].kind == "quoting":
            passed_on = [entity for source in reversed(sources[:-1]) for entity in source]
            inside.chain = passed_on + list(inside.speakers) + [e for e in inside.chain if e not in sources[-1]]
            inside.speakers, inside.rule = sources[-1], "frame.quoting"
        elif scope:
            _pass_on(view, scope, cluster, sources)
        elif len(view) - (cluster[-1].last - cluster[0].first) >= _WORDS:
            added.append(_framed(view, cluster, sources))
    return sorted(found + added, key=lambda act: act.first)


def _pass_on(view: View, scope: list[Act], cluster: list[Attribution], sources: list[tuple[Entity, ...]]) -> None:
    first, last = cluster[0].first, cluster[-1].last
    for act in scope:
        if max(act.verb, act.content) < first < act.last <= last + _REST:
            act.last = first
        act.frame = (first, last)
        if first > act.mark >= 0 and _reported(act.speakers) and not any(_reported(source) for source in sources):
            act.chain = [*act.speakers, *act.chain]  # ذكرت تقارير أن …، بحسب ما قاله الوزير: he speaks
            act.speakers, sources = sources[-1], sources[:-1]
        chain = [entity for source in reversed(sources) for entity in source if entity not in act.speakers]
        act.chain += [entity for entity in chain if entity not in act.chain]


def _reported(speakers: tuple[Entity, ...]) -> bool:
    """Whether those who speak only hand on or write down what another said: media and reports."""
    return bool(speakers) and all(passes_on(entity) or is_report(entity) for entity in speakers)


def _framed(view: View, cluster: list[Attribution], sources: list[tuple[Entity, ...]]) -> Act:
    first, last = cluster[0].first, cluster[-1].last
    leading = first <= 2
    inside = not leading and first < len(view) - last  # most of what is said follows: الوضع -وفق المركز- صعب …
    act = Act(
        view,
        "frame.leading" if leading else "frame.trailing",
        0,
        last if leading or inside else 0,
        len(view) if leading or inside else first,
    )
    act.first = first if leading else 0
    act.speakers = sources[-1]
    act.chain = [entity for source in reversed(sources[:-1]) for entity in source]
    act.cue = cluster[-1].verb
    act.estimate = cluster[-1].estimate
    act.mark, act.frame = last, (first, last)
    act.chain += _told(view, act, last)
    return act


def _told(view: View, act: Act, last: int) -> list[Entity]:
    """The outlets that a source told something: `وبحسب مصدر مطلع للصحيفة، …`."""
    near = view.phrases_in(last, last + _GAP + 1)[:1]
    media = [phrase for phrase in near if all(entity.type in MEDIA for entity in phrase.entities)]
    told = [phrase for phrase in media if "ل" in (phrase.preposition, view.before(phrase))]
    heard = [*act.speakers, *act.chain]
    return [entity for phrase in told for entity in phrase.entities if entity not in heard]
