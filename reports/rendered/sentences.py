"""The sentence and the marks of a chart, held against the numbers of its table.

They tell what the table tells, rounded, and how many rows there are; more they may not know.
"""

from collections.abc import Iterable, Iterator

from reports.rendered.numbers import CLOSE, NUMBER, YEAR, Number, read_number

# Charts about deliveries and about how many teams meet a requirement tell no figure of people; the
# sentence of a chart over time tells the rule that fired and how often it does so by chance.
ABOUT_NO_FIGURE = ("rows", "requirement-counts", "time")
# What a sentence may know besides: a goal attainment T score is held against 50; of an indicator of
# two versions the score of a quarter that is told stands in the sentence alone.
KNOWN = {"gas": [50.0], "trend": [1.0, 2.0, 3.0, 4.0, 5.0]}


def read_numbers(text: str, is_dutch: bool) -> list[float]:
    """Every number of a text as its language writes it."""
    return [value for token in NUMBER.findall(text)
            if (value := read_number(token, is_dutch)[0]) is not None]  # fmt: skip


def list_strays(
    figure: str, sentence: str, told: list[float], rows: int, is_dutch: bool
) -> list[str]:
    """The numbers of a sentence that no number of the table rounds to.

    Args:
        figure: the key of the chart.
        told: the numbers of the table.
        rows: of the table; a sentence may say how many of them.
    """
    strays = []
    told = [*told, *KNOWN.get(figure.partition("-")[0], [])]
    for match in NUMBER.finditer(sentence):
        value, decimals = read_number(match.group(), is_dutch)
        if value is None or YEAR.fullmatch(match.group()):
            continue
        is_share = sentence[match.end() : match.end() + 2].strip().startswith("%")
        if not decimals and not is_share and value <= rows:
            continue
        if not any(abs(one - value) <= 0.5 * 10**-decimals + CLOSE for one in told):
            strays.append(match.group())
    return strays


def list_stray_marks(marks: Iterable[float], told: list[Number]) -> Iterator[float]:
    """The positions of marks that no number of the table is a rounding of."""
    for mark in marks:
        if not any(number.rounds(mark) for number in told):
            yield mark
