"""Stored numbers are printed as spreadsheets print them under the format code of their cell."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.read.number_format import BUILTIN, print_number, print_text

ACCOUNTING = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("stored", "code", "printed"),
    [
        ("120", "General", "120"),
        ("0.30000000000000004", "General", "0.3"),
        ("968.19180000000006", "General", "968.1918"),
        ("1E-5", "General", "0.00001"),
        ("1e22", "General", "1E+22"),
        ("219001", "General", "219001"),
        ("330102199001011234", "General", "330102199001011234"),
        ("2021.5", "G/通用格式", "2021.5"),
        ("30", 'General"人"', "30人"),
        ("0.95", "0%", "95%"),
        ("0.045", "0.0%", "4.5%"),
        ("1", "0.00%", "100.00%"),
        ("0.95", '"≥"0%', "≥95%"),
        ("300", '"≥"0"人次"', "≥300人次"),
        ("2523.7", "#,##0.00", "2,523.70"),
        ("1234567.891", "#,##0", "1,234,568"),
        ("999", "#,##0", "999"),
        ("0", "#,##0.00", "0.00"),
        ("2.675", "0.00", "2.68"),
        ("-5.5", "0.00", "-5.50"),
        ("-5.5", "#,##0.00_);(#,##0.00)", "(5.50)"),
        ("-5.5", "#,##0.00;[Red]-#,##0.00", "-5.50"),
        ("0", '0;-0;"无"', "无"),
        ("0", "0;-0;;@", ""),
        ("5", ";;;", ""),
        ("0", ACCOUNTING, "-"),
        ("2523.7", ACCOUNTING, "2,523.70"),
        ("-8", ACCOUNTING, "-8.00"),
        ("5", "000000", "000005"),
        ("5", '000"号"', "005号"),
        ("13812345678", "000-0000-0000", "138-1234-5678"),
        ("5", "0.##", "5"),
        ("5.25", "0.##", "5.25"),
        ("0.5", "#.##", ".5"),
        ("12345", '0.00,"千元"', "12.35千元"),
        ("12345678", "0.0,,", "12.3"),
        ("123456", "0!.0,", "12.3"),
        ("123456", "0\\.0,", "12.3"),
        ("5", "[$¥-804]#,##0.00", "¥5.00"),
        ("150", '[>=100]"高";[<0]"负"0;0.0', "高"),
        ("-3", '[>=100]"高";[<0]"负"0;0.0', "负3"),
        ("3", '[>=100]"高";[<0]"负"0;0.0', "3.0"),
        ("2523.7", "0.00E+00", "2.52E+03"),
        ("0", "0.00E+00", "0.00E+00"),
        ("0.25", "# ?/?", "0.25"),
        ("1234", BUILTIN[4], "1,234.00"),
        ("2021", "@", "2021"),
        ("一", "0.00", "一"),
        ("nan", "0.00", "nan"),
        ("5", "", "5"),
        ("5", "0" * 300, "5"),
    ],
)
def test_a_number(stored: str, code: str, printed: str) -> None:
    assert print_number(stored, code) == printed


@pytest.mark.parametrize(
    ("stored", "code", "printed"),
    [
        ("44531", 'yyyy"年"m"月"', "2021年12月"),
        ("44561", "yyyy-mm-dd", "2021-12-31"),
        ("44561", BUILTIN[14], "2021/12/31"),
        ("44561", BUILTIN[31], "2021年12月31日"),
        ("44561", BUILTIN[57], "2021年12月"),
        ("44561", '[$-804]yyyy"年"m"月"d"日";@', "2021年12月31日"),
        ("44561", '[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇二一年十二月三十一日"),
        ("44561", "[$-1E000804]yyyy\\年m\\月", "二〇二一年十二月"),
        ("44566", '[DBNum1]m"月"d"日"', "一月五日"),
        ("44561", "yyyy\\.m\\.d", "2021.12.31"),
        ("44561", "yy-m-d", "21-12-31"),
        ("44561", "yyyymmdd", "20211231"),
        ("44561", "e/m/d", "2021/12/31"),
        ("44561", "d-mmm-yy", "31-Dec-21"),
        ("44561", "dddd", "Friday"),
        ("44561", "aaaa", "星期五"),
        ("44561", '"周"aaa', "周五"),
        ("44561.75", "yyyy/m/d h:mm", "2021/12/31 18:00"),
        ("44561.75", "h:mm AM/PM", "6:00 PM"),
        ("44561.25", '上午/下午h"时"mm"分"', "上午6时00分"),
        ("43830.999999", "yyyy-m-d hh:mm:ss", "2019-12-31 23:59:59"),
        ("0.041666666666666664", "h:mm", "1:00"),
        ("1.5", "[h]:mm:ss", "36:00:00"),
        ("0.5004", "mm:ss.0", "00:34.5"),
        ("60", "yyyy/m/d", "1900/2/29"),
        ("61", "yyyy/m/d", "1900/3/1"),
        ("1", "yyyy/m/d", "1900/1/1"),
        ("2958465", "yyyy/m/d", "9999/12/31"),
        ("2958466", "yyyy/m/d", "2958466"),
        ("-1", "yyyy/m/d", "-1"),
    ],
)
def test_a_day_or_time(stored: str, code: str, printed: str) -> None:
    assert print_number(stored, code) == printed


@pytest.mark.parametrize(("serial", "day"), [("0", "1904-01-01"), ("43099", "2021-12-31")])
def test_days_counted_from_1904(serial: str, day: str) -> None:
    assert print_number(serial, "yyyy-mm-dd", epoch_1904=True) == day


@pytest.mark.parametrize(
    ("stored", "code", "printed"),
    [
        ("某局", "General", "某局"),
        ("某局", "@", "某局"),
        ("某局", "0.00", "某局"),
        ("某局", '0;-0;0;"单位："@', "单位：某局"),
        ("某局", '@"（公章）"', "某局（公章）"),
        ("某局", ";;;", ""),
    ],
)
def test_a_text(stored: str, code: str, printed: str) -> None:
    assert print_text(stored, code) == printed


@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([*BUILTIN.values(), "General", ACCOUNTING]),
)
def test_every_number_prints_under_every_common_code(number: float, code: str) -> None:
    assert isinstance(print_number(repr(number), code), str)


@given(st.text(max_size=20), st.text(alphabet='0#?.,;%@_*"\\![]/E+-$yYmdhsaG年元 ', max_size=30))
def test_no_code_raises(stored: str, code: str) -> None:
    assert isinstance(print_number(stored, code), str)
    assert isinstance(print_number("44561.7", code), str)
    assert isinstance(print_text(stored, code), str)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_general_prints_the_number_itself(number: object) -> None:
    assert math.isclose(float(print_number(str(number))), float(str(number)), rel_tol=1e-14)
