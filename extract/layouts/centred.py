"""Level headings printed in the vertical middle of the rows that they govern.

Text exports of merged cells put a heading in the middle of its rows: above the first heading then
stand rows without any. Groups follow each other without a gap and each heading stands in the
middle of its own, which leaves few ways of drawing the borders, and often just one. Rows about
which all ways agree are certain; the others are left without a heading and marked.
"""

from __future__ import annotations

from collections.abc import Iterator

from extract.layouts.roles import dimension_of, level2_of
from extract.layouts.row import BodyRow, is_money
from extract.values import read_target

MOST_WAYS = 200

Borders = tuple[int, ...]


def settle_centred(rows: list[BodyRow], *, both: bool) -> list[BodyRow]:
    """Give all rows of a sheet with centred headings their headings; other sheets stay as they are.

    ``both`` says whether the header has columns for both levels.
    """
    if not any(row.level2 for row in rows) or not (_opens_unlabelled(rows) or (both and _displaced(rows))):
        return rows
    filled = [row for row in rows if row.filled]
    headings, firsts = _headings(rows, "level2"), _headings(rows, "level1")
    level1s = {row.level2 or "": row.level1 for row in rows if row.level1}
    printed = {text for _, text in firsts}
    owners = [level1s.get(text) or _level1_of(text, printed) for _, text in headings]
    ways = list(_ways([place for place, _ in headings], 2 * len(filled)))
    if not _opens_unlabelled(rows):
        ways = [way for way in ways if _frames(way, owners, firsts)]
        if not ways:
            return rows
    ways = _even(_plausible(ways, filled, [text for _, text in headings]), [place for place, _ in headings])
    for number, row in enumerate(filled):
        groups = {_group(way, number) for way in ways}
        row.level1 = row.level2 = None
        if len(groups) == 1:
            group = groups.pop()
            row.level1, row.level2 = owners[group], headings[group][1]
            row.notes.append("level_label_centred")
        else:
            row.problems.append("which level heading governs this row cannot be told")
    return filled


def _opens_unlabelled(rows: list[BodyRow]) -> bool:
    return bool(rows) and rows[0].filled and not rows[0].labelled


def _displaced(rows: list[BodyRow]) -> bool:
    """Whether a level 1 stands below the first row of its group: on a row without a level 2 of its own,
    or below a level 2 that belongs to it.
    """
    current: str | None = None
    for row in rows:
        if row.level1 is not None and row.level2 is None and row.filled and current is not None:
            return True
        current = row.level1 or current
        known, dimension = level2_of(row.level2), dimension_of(current)
        if known and known.dimensions and dimension and dimension not in known.dimensions:
            return True
    return False


def _headings(rows: list[BodyRow], level: str) -> list[tuple[int, str]]:
    """Headings of a level with their places: 2k beside filled row k, 2k - 1 on a line above it."""
    headings: list[tuple[int, str]] = []
    number = 0
    for row in rows:
        if text := getattr(row, level):
            headings.append((2 * number if row.filled else 2 * number - 1, text))
        number += row.filled
    return headings


def _frames(way: Borders, owners: list[str | None], firsts: list[tuple[int, str]]) -> bool:
    """Whether under these borders each level 1 stands in the middle of all rows of its level 2s."""
    starts = (0, *way[:-1])
    for place, text in firsts:
        own = [group for group, owner in enumerate(owners) if owner == text]
        if own and place not in _beside(starts[own[0]] + way[own[-1]] - 1):
            return False
    return True


def _beside(middle: int) -> tuple[int, ...]:
    """Where a heading may stand in the middle of its rows: there, or half a row above or below."""
    return (middle,) if middle % 2 == 0 else (middle, middle - 1, middle + 1)


def _ways(places: list[int], end: int, start: int = 0) -> Iterator[Borders]:
    """All borders under which each heading stands in the middle of its group.

    A group of rows ``a`` to ``b`` has its middle at ``a + b``: on a row if that is even; else the
    heading stands on a line of its own there, or on the row above or below.
    """
    if not places:
        if 2 * start == end:
            yield ()
        return
    place, rest = places[0], places[1:]
    middles = (place,) if place % 2 else (place, place - 1, place + 1)
    count = 0
    for middle in sorted(middles):
        last = middle - start
        if last < start or 2 * last >= end or not (2 * start <= place <= 2 * last):
            continue
        for way in _ways(rest, end, last + 1):
            yield (last + 1, *way)
            count += 1
            if count >= MOST_WAYS:
                return


def _group(way: Borders, number: int) -> int:
    return next(group for group, border in enumerate(way) if number < border)


def _plausible(ways: list[Borders], filled: list[BodyRow], headings: list[str]) -> list[Borders]:
    """The ways that put the fewest rows under a heading of another kind."""
    cost = [
        sum(_contradicts(row, headings[_group(way, number)]) for number, row in enumerate(filled))
        for way in ways
    ]
    return [way for way, misfits in zip(ways, cost, strict=True) if misfits == min(cost)]


def _contradicts(row: BodyRow, heading: str) -> bool:
    known = level2_of(heading)
    if known is None:
        return False
    name, target = row.fields.text("name") or "", row.fields.text("target")
    if known.kind == "satisfaction" or "满意" in name:
        return (known.kind == "satisfaction") != ("满意" in name)
    if known.kind == "cost" or is_money(row.fields):
        return (known.kind == "cost") != is_money(row.fields) and known.kind in ("cost", "time", "quality")
    return read_target(target, name).date is not None and known.kind != "time"


def _even(ways: list[Borders], places: list[int]) -> list[Borders]:
    """Of several ways those that round the middles of even groups all in the same direction."""
    steady = []
    for way in ways:
        starts = (0, *way[:-1])
        leans = {
            (place > start + border - 1) - (place < start + border - 1)
            for place, start, border in zip(places, starts, way, strict=True)
        }
        if not {-1, 1} <= leans:
            steady.append(way)
    return steady or ways


def _level1_of(level2: str, level1s: set[str]) -> str | None:
    """The printed level 1 whose dimension a level 2 belongs to, if there is just one."""
    known = level2_of(level2)
    fitting = {text for text in level1s if known and dimension_of(text) in known.dimensions}
    return fitting.pop() if len(fitting) == 1 else None
