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
Groups = tuple[int, ...]


def settle_centred(rows: list[BodyRow], *, both: bool) -> list[BodyRow]:
    """Give all rows of a sheet with centred headings their headings; other sheets stay as they are.

    ``both`` says whether the header has columns for both levels.
    """
    if not any(row.level2 for row in rows):
        return rows
    unlabelled, displaced = _opens_unlabelled(rows), _displaced(rows) if both else 0
    if not unlabelled and not displaced:
        return rows
    found = [_read(rows, lines, framed=not unlabelled) for lines in _lines(rows)]
    fewest = min((misfits for misfits, _ in found), default=0)
    ways = [way for misfits, these in found if misfits == fewest for way in these]
    if not ways and not unlabelled:
        return _doubted(rows) if displaced > 1 else rows
    return _given(rows, ways)


def _given(rows: list[BodyRow], ways: list[Groups]) -> list[BodyRow]:
    """The filled rows with the headings that all ways agree on; the others are marked."""
    filled = [row for row in rows if row.filled]
    headings, owners = [row.level2 or "" for row in rows if row.level2], _owners(rows)
    for number, row in enumerate(filled):
        groups = {way[number] for way in ways}
        row.level1 = row.level2 = None
        if len(groups) == 1:
            group = groups.pop()
            row.level1, row.level2 = owners[group], headings[group]
            row.notes.append("level_label_centred")
        else:
            row.problems.append("which level heading governs this row cannot be told")
    return [row for row in rows if row.filled or row.level2]


def _doubted(rows: list[BodyRow]) -> list[BodyRow]:
    """Rows whose headings stand in the middle of their rows somewhere, but not everywhere."""
    for row in rows:
        if row.filled and not row.labelled:
            row.problems.append("which level heading governs this row cannot be told")
    return rows


def _lines(rows: list[BodyRow]) -> list[list[BodyRow]]:
    """The rows that groups consist of: a heading without an indicator stands on a row of its own, or
    on a line between two rows.
    """
    filled, all_rows = [row for row in rows if row.filled], [row for row in rows if row.filled or row.level2]
    return [filled] if len(filled) == len(all_rows) else [filled, all_rows]


def _read(rows: list[BodyRow], lines: list[BodyRow], *, framed: bool) -> tuple[int, list[Groups]]:
    """The ways that put the fewest rows under a heading of another kind, and how many rows that are."""
    counted = {id(row) for row in lines}
    headings, firsts = _headings(rows, "level2", counted), _headings(rows, "level1", counted)
    places, owners = [place for place, _ in headings], _owners(rows)
    ways = [way for way in _ways(places, 2 * len(lines)) if not framed or _frames(way, owners, firsts)]
    numbers = [number for number, row in enumerate(lines) if row.filled]
    filled = [lines[number] for number in numbers]
    read = {way: tuple(_group(way, number) for number in numbers) for way in _even(ways, places)}
    misfits = {
        groups: sum(_contradicts(row, headings[group][1]) for row, group in zip(filled, groups, strict=True))
        for groups in read.values()
    }
    fewest = min(misfits.values(), default=MOST_WAYS)
    return fewest, [groups for groups, count in misfits.items() if count == fewest]


def _owners(rows: list[BodyRow]) -> list[str | None]:
    """For each level 2 its level 1: the one printed beside it, or the only one of its dimension."""
    printed = {row.level1 for row in rows if row.level1}
    beside = {row.level2: row.level1 for row in rows if row.level1 and row.level2}
    return [beside.get(row.level2) or _level1_of(row.level2, printed) for row in rows if row.level2]


def _opens_unlabelled(rows: list[BodyRow]) -> bool:
    return bool(rows) and rows[0].filled and not rows[0].labelled


def _displaced(rows: list[BodyRow]) -> int:
    """How many level 1s stand below the first row of their group: on a row without a level 2 of its
    own, or below a level 2 that belongs to them.
    """
    found: set[str] = set()
    current: str | None = None
    for row in rows:
        if row.level1 is None and row.level2 is None:
            continue
        if row.level1 is not None and row.level2 is None and row.filled and current is not None:
            found.add(row.level1)
        current = row.level1 or current
        known, dimension = level2_of(row.level2), dimension_of(current)
        if known and known.dimensions and (dimension or not current) and dimension not in known.dimensions:
            found.add(next(iter(known.dimensions)))
    return len(found)


def _headings(rows: list[BodyRow], level: str, counted: set[int]) -> list[tuple[int, str]]:
    """Headings of a level with their places: 2k beside counted row k, 2k - 1 on a line above it."""
    headings: list[tuple[int, str]] = []
    number = 0
    for row in rows:
        own = id(row) in counted
        if text := getattr(row, level):
            headings.append((2 * number if own else 2 * number - 1, text))
        number += own
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


def _level1_of(level2: str | None, level1s: set[str]) -> str | None:
    """The printed level 1 whose dimension a level 2 belongs to, if there is just one."""
    known = level2_of(level2)
    fitting = {text for text in level1s if known and dimension_of(text) in known.dimensions}
    return fitting.pop() if len(fitting) == 1 else None
