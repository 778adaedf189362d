"""Mean change of the completers on one scale, with its 95 % t interval: whole, teams, groups.

The dotted line is no change. Where every row of a group is hidden, one row says so.
"""

from itertools import groupby

from pipelines.catalogue.wording import Words
from pipelines.protection.told_rows import name_told_row
from reports.formats import Formats
from reports.outcome_words import (
    OutcomeWords,
    Place,
    choose_digits,
    show_signed,
    show_signed_interval,
)
from reports.panels.interval_rows import Axis, Row, draw_rows, find_range
from reports.panels.panel import NO_COUNT, Panel


def records(
    rows: dict[tuple, dict], places: list[Place], before: dict[tuple, dict] | None = None
) -> list[dict]:
    """One record per place in the order given; a group that is wholly hidden is one record."""
    found = []
    for breakdown, own in groupby(places, key=lambda place: place.breakdown):
        members = list(own)
        if len(members) > 1 and all(rows[place.key]["is_suppressed"] for place in members):
            found.append({"place": members[0], "row": rows[members[0].key],
                          "hidden_count": len(members), "previous": None,
                          "before": None})  # fmt: skip
            continue
        for place in members:
            earlier = (before or {}).get(place.key) if breakdown == "total" else None
            found.append(
                {
                    "place": place,
                    "row": rows[place.key],
                    "hidden_count": 0,
                    "previous": earlier["mean_change"] if earlier else None,
                    "before": earlier,
                }
            )
    return found


def _show(row: dict, formats: Formats) -> tuple[str, str]:
    """The mean change and its interval, as text."""
    digits = choose_digits(row["mean_change"], row["ci_low"], row["ci_high"])
    return (
        show_signed(formats, row["mean_change"], digits),
        show_signed_interval(formats, row["ci_low"], row["ci_high"], digits),
    )


def _make_rows(records: list[dict], names: OutcomeWords, formats: Formats) -> list[Row]:
    words = names.words
    rows = []
    for record in records:
        place, row = record["place"], record["row"]
        label = place.name
        value, interval = _show(row, formats)
        state = names.describe_state(row)
        if record["hidden_count"]:
            label = words("outcomes.all_of_group", number=record["hidden_count"])
            state = words("outcomes.state.all_suppressed")
        rows.append(
            Row(
                label=label,
                value=row["mean_change"],
                low=row["ci_low"],
                high=row["ci_high"],
                previous=record["previous"],
                side="" if row["mean_change"] is None
                else words("outcomes.n", n=formats.count(row["completers_count"])),
                hover=words(
                    "outcomes.change_hover", name=label,
                    value=value,
                    interval=interval,
                    n=formats.count(row["completers_count"]),
                ),
                state=state,
                group=place.group,
                is_provisional=bool(row["is_provisional"]),
            )
        )  # fmt: skip
    return rows


def figure(records: list[dict], names: OutcomeWords, formats: Formats) -> dict:
    """The chart as a dictionary for plotly.js."""
    rows = _make_rows(records, names, formats)
    low, high = find_range(rows, 0)
    axis = Axis(low, high, reference=0, reference_label=names.words("outcomes.no_change"))
    return draw_rows(rows, axis, formats)


def make_panel(
    key: str, title: str, records: list[dict], names: OutcomeWords, formats: Formats
) -> Panel:
    """The change on one scale as a panel."""
    words = names.words
    columns = ("place", "n", "mean_t0", "mean_change", "interval", "d_t0_sd", "srm", "state")
    return Panel(
        key=key,
        title=title,
        summary=_summarise(records, words, formats),
        spec=figure(records, names, formats),
        header=tuple(words(f"outcomes.column.{column}") for column in columns),
        rows=[
            (
                words("outcomes.all_of_group", number=record["hidden_count"])
                if record["hidden_count"]
                else place.name,
                formats.count(row["completers_count"]),
                formats.number(row["mean_t0"]),
                *_show(row, formats),
                show_signed(formats, row["d_t0_sd"], 2),
                show_signed(formats, row["srm"], 2),
                names.describe_state(row),
            )
            for record in records
            for place, row in ((record["place"], record["row"]),)
        ],
        cells=tuple(name_told_row("outcome_change", record["row"]) for record in records),
        number_columns=(1, 2, 3, 4, 5, 6, NO_COUNT),
        cells_before=tuple(
            name_told_row("outcome_change", record["before"]) if record["before"] else None
            for record in records
        ),
    )


def _summarise(records: list[dict], words: Words, formats: Formats) -> str:
    whole = next((r["row"] for r in records if r["place"].breakdown == "total"), None)
    if whole is None or whole["mean_change"] is None:
        return words("outcomes.change_none")
    low, high = whole["ci_low"], whole["ci_high"]
    if low is None:
        reading = "no_interval"
    elif low <= 0 <= high:
        reading = "cannot_tell"
    else:
        is_rise = low > 0
        higher_better = whole["is_higher_better"]
        if higher_better is None:
            reading = "rise" if is_rise else "fall"
        else:
            reading = "better" if is_rise == bool(higher_better) else "worse"
    return words(
        f"outcomes.change_summary.{reading}",
        value=_show(whole, formats)[0],
        interval=_show(whole, formats)[1],
        n=formats.count(whole["completers_count"]),
    )
