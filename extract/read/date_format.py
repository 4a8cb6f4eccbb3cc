"""Days and times as a spreadsheet prints them: a serial number and the tokens of a format code."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

DAY = 86_400
MILLISECOND = Decimal("0.001")
LAST_DAY = 2_958_465  # 9999-12-31
DAYS_TO_1904 = 1_462
# Excel counts a day that never was: 1900-02-29.
PHANTOM_DAY = 60
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CHINESE_WEEKDAYS = "一二三四五六日"
CHINESE_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
LITERALS = frozenset({"quoted", "escaped", "other", "comma", "point", "percent"})

Token = tuple[str, str]


class Moment(NamedTuple):
    """A serial number taken apart; ``seconds`` counts all of them, for codes of elapsed time."""

    year: int
    month: int
    day: int
    weekday: int
    hour: int
    minute: int
    second: Decimal
    seconds: Decimal


def print_date(
    serial: float, tokens: tuple[Token, ...], *, epoch_1904: bool = False, chinese: bool = False
) -> str | None:
    """A serial number as a day or time; ``None`` if there is no such day.

    >>> print_date(44561.5, (("date", "yyyy"), ("other", "-"), ("date", "m"), ("other", " "), ("date", "h")))
    '2021-12 12'
    """
    decimals = _second_decimals(tokens)
    moment = _moment(serial + (DAYS_TO_1904 if epoch_1904 else 0))
    if moment is None:
        return None
    half_day = any(kind == "noon" for kind, _ in tokens)
    pieces: list[str] = []
    for place, (kind, text) in enumerate(tokens):
        if kind == "date":
            field = "n" * len(text) if _is_minute(tokens, place) else text.lower()
            pieces.append(_field(field, moment, half_day=half_day, chinese=chinese))
        elif kind == "elapsed":
            pieces.append(_elapsed(text.lower(), moment))
        elif kind == "noon":
            names = text.split("/")
            pieces.append(names[moment.hour >= 12])
        elif kind == "digit" and decimals:
            pieces.append("")
        elif kind == "point" and decimals:
            pieces.append(f"{moment.second % 1:.3f}"[1 : 2 + decimals])
        elif kind in LITERALS:
            pieces.append("%" if kind == "percent" else text)
    return "".join(pieces)


def _moment(serial: float) -> Moment | None:
    """A serial number taken apart; what is smaller than a millisecond is noise of the binary fraction."""
    if not 0 <= serial < LAST_DAY + 1:
        return None
    seconds = (Decimal(repr(serial)) * DAY).quantize(MILLISECOND, ROUND_HALF_UP)
    days, rest = divmod(seconds, DAY)
    if days > LAST_DAY:
        return None
    year, month, day, weekday = _day(int(days))
    return Moment(year, month, day, weekday, int(rest // 3600), int(rest % 3600 // 60), rest % 60, seconds)


def _day(days: int) -> tuple[int, int, int, int]:
    if days == 0:
        return 1900, 1, 0, 5
    if days == PHANTOM_DAY:
        return 1900, 2, 29, 2
    found = date(1899, 12, 30 + (days < PHANTOM_DAY)) + timedelta(days=days)
    return found.year, found.month, found.day, found.weekday()


def _second_decimals(tokens: tuple[Token, ...]) -> int:
    """How many decimals of a second a code prints: the zeros behind ``s.``"""
    kinds = [kind for kind, _ in tokens]
    if "point" not in kinds:
        return 0
    count = 0
    for kind in kinds[kinds.index("point") + 1 :]:
        if kind != "digit":
            break
        count += 1
    return min(count, 3)


def _is_minute(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether an ``m`` means minutes: behind an hour or before a second."""
    if tokens[place][1][0] not in "mM" or len(tokens[place][1]) > 2:
        return False
    fields = [(at, text[0].lower()) for at, (kind, text) in enumerate(tokens) if kind in ("date", "elapsed")]
    index = next(number for number, (at, _) in enumerate(fields) if at == place)
    before = fields[index - 1][1] if index else ""
    behind = fields[index + 1][1] if index + 1 < len(fields) else ""
    return before == "h" or behind == "s"


def _field(field: str, moment: Moment, *, half_day: bool, chinese: bool) -> str:
    letter, width = field[0], len(field)
    if letter in "ye":
        year = f"{moment.year % 100:02d}" if letter == "y" and width < 3 else str(moment.year)
        return year.translate(CHINESE_DIGITS) if chinese else year
    if letter == "a" or (letter == "d" and width > 2):
        return _weekday(letter, width, moment.weekday)
    if letter == "m" and width > 2:
        return _month(width, moment.month)
    hour = (moment.hour - 1) % 12 + 1 if half_day else moment.hour
    number = {
        "m": moment.month,
        "d": moment.day,
        "h": hour,
        "n": moment.minute,
        "s": int(moment.second),
    }[letter]
    if chinese:
        return _numeral(number)
    return f"{number:02d}" if width > 1 else str(number)


def _weekday(letter: str, width: int, weekday: int) -> str:
    if letter == "a":
        return ("星期" if width > 3 else "") + CHINESE_WEEKDAYS[weekday]
    return WEEKDAYS[weekday] if width > 3 else WEEKDAYS[weekday][:3]


def _month(width: int, month: int) -> str:
    name = MONTHS[month - 1]
    return {3: name[:3], 5: name[0]}.get(width, name)


def _numeral(number: int) -> str:
    """A number below 100 in Chinese.

    >>> _numeral(31), _numeral(12), _numeral(5), _numeral(0)
    ('三十一', '十二', '五', '〇')
    """
    tens, ones = divmod(number, 10)
    if not tens:
        return str(ones).translate(CHINESE_DIGITS)
    head = "" if tens == 1 else str(tens).translate(CHINESE_DIGITS)
    return head + "十" + (str(ones).translate(CHINESE_DIGITS) if ones else "")


def _elapsed(field: str, moment: Moment) -> str:
    per = {"h": 3600, "m": 60, "s": 1}[field[0]]
    return f"{int(moment.seconds // per):0{len(field)}d}"


def serial_of(printed: str, *, epoch_1904: bool = False) -> str:
    """The serial number of an ISO day and time, as cells store it; anything else as it is.

    >>> serial_of("2021-12-31"), serial_of("2021-12-31T12:00:00"), serial_of("soon")
    ('44561', '44561.5', 'soon')
    """
    try:
        moment = datetime.fromisoformat(printed).replace(tzinfo=None)
    except ValueError:
        return printed
    since = moment - datetime(1904, 1, 1) if epoch_1904 else moment - datetime(1899, 12, 30)
    return f"{since / timedelta(days=1):.10f}".rstrip("0").rstrip(".")
