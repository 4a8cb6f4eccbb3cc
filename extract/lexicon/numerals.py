"""Figures as printed: full-width forms and Chinese numerals (三十, 一百二十, 九十五点五)."""

from __future__ import annotations

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
SCALES = {"十": 10, "百": 100, "千": 1000}
SECTIONS = {"万": 10_000, "亿": 100_000_000}
NUMERAL = (
    r"[一二两三四五六七八九十][零〇一二两三四五六七八九十百千万亿]{0,15}"
    r"(?:点[零〇一二三四五六七八九]{1,6})?|百"
)
NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
# One character for one, so that offsets into the print hold.
_WIDTH = str.maketrans("０１２３４５６７８９％﹪，．＝﹦＞﹥＜﹤－−～∼：；", "0123456789%%,.==>><<--~~:;")


def half_width(printed: str) -> str:
    """Figures, operators and separators in ASCII, all offsets unchanged; letters and brackets stay."""
    return printed.translate(_WIDTH)


def read_number(printed: str) -> str | None:
    """Read a half-width number or a Chinese numeral as a decimal string without separators.

    >>> read_number("2,523.70"), read_number("三十"), read_number("十足")
    ('2523.70', '30', None)
    """
    if printed[-1:].isdecimal() and printed[0] in "-0123456789":
        return printed.replace(",", "")
    return read_numeral(printed)


def read_numeral(printed: str) -> str | None:
    """Read a Chinese numeral as a decimal string; ``None`` when it is no number.

    >>> read_numeral("一百二十"), read_numeral("两万零五"), read_numeral("九十五点五")
    ('120', '20005', '95.5')
    """
    whole, _, fraction = printed.partition("点")
    number = 100 if whole == "百" else _whole(whole)
    if number is None or not all(character in DIGITS for character in fraction):
        return None
    return f"{number}.{''.join(str(DIGITS[c]) for c in fraction)}" if fraction else str(number)


def _whole(printed: str) -> int | None:
    total = section = 0
    digit: int | None = None
    for character in printed:
        if character in DIGITS:
            if digit:  # 二一: digits in a row are a code or a year, not a number
                return None
            digit = DIGITS[character]
        elif character in SCALES:
            section += (1 if digit is None else digit) * SCALES[character]
            digit = None
        elif character in SECTIONS:
            total, section, digit = (total + section + (digit or 0)) * SECTIONS[character], 0, None
        else:
            return None
    return total + section + (digit or 0) if printed else None
