"""Signs that office programs keep as a font's private code or as raised text, in Unicode."""

from __future__ import annotations

UNKNOWN = "\ufffd"
PRIVATE = range(0xF000, 0xF100)
RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
RAISABLE = frozenset("0123456789+- ")
TICKED, UNTICKED = "☑", "□"
# The code of a sign in the fonts that number their signs themselves. ≥ and ≤ decide what a target says.
SIGNS = {
    "symbol": {
        0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xA5: "∞", 0xB0: "°",
        0xB7: "·", 0xA2: "′", 0xB2: "″", 0xAE: "→", 0xAC: "←", 0xAD: "↑", 0xAF: "↓", 0xA4: "/", 0xBC: "…",
        0x25: "%", 0x2B: "+", 0x2D: "−", 0x3C: "<", 0x3D: "=", 0x3E: ">", 0x7E: "~",
    },
    "wingdings": {
        0xFE: TICKED, 0xFD: "☒", 0xFC: "✓", 0xFB: "✗", 0xA8: UNTICKED, 0x6F: UNTICKED, 0x71: UNTICKED,
        0x6E: "■", 0x6C: "●", 0xA1: "○", 0xAB: "★", 0x75: "◆", 0xE0: "→", 0xD8: "➢",
    },
    "wingdings 2": {
        0x52: TICKED, 0x53: "☒", 0x54: "☒", 0x50: "✓", 0x4F: "✗", 0xA3: UNTICKED, 0x2A: UNTICKED,
        0x30: UNTICKED, 0xA2: "■", 0x98: "●", 0x81: "○", 0xEA: "★",
    },
}  # fmt: skip


def sign(font: str, code: str) -> str:
    """The sign that a font prints for a hexadecimal code; U+FFFD for one that is not known.

    >>> sign("Symbol", "F0B3"), sign("Wingdings 2", "0052"), sign("宋体", "2265"), sign("Webdings", "F041")
    ('≥', '☑', '≥', '�')
    """
    try:
        number = int(code[:8], 16)
    except ValueError:
        return UNKNOWN
    own = SIGNS.get(font.strip().lower())
    if own is not None:
        return own.get(number & 0xFF if number in PRIVATE or number < 0x100 else number, UNKNOWN)
    printable = 0x20 < number < 0xD800 or 0xF900 <= number < 0xFFFE
    return chr(number) if printable else UNKNOWN


def raised(printed: str) -> str:
    """Raised text in raised signs, so that 10⁴ is not read as 104; text without such signs stays.

    >>> raised("2"), raised("注1")
    ('²', '注1')
    """
    return printed.translate(RAISED) if RAISABLE.issuperset(printed) else printed
