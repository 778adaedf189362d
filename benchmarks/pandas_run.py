"""A tenth of the work in pandas: reads the files of every tenth organisation, scores a few rules.

What an analyst writes first: one data frame per record kind, typed, joined and grouped in memory.
It computes four indicators (KI-1, KI-4, AP-2 and OM-1, per team and quarter) of the 35, without
units, quarantine or checks: the comparison flatters pandas.

    python benchmarks/pandas_run.py --inbox build/inbox
"""

import argparse
from pathlib import Path

import pandas as pd
from generate import EXPORTED_ON, TEMPLATE

from pipelines.catalogue import load_catalogue
from pipelines.catalogue.models.records import FieldType, RecordKind


def read_kind(folder: Path, kind: RecordKind, template) -> pd.DataFrame:
    """The typed rows of one record kind of one organisation."""
    own, other = folder / f"{kind.kind}.csv", folder / f"{kind.kind}.parquet"
    if own.exists():
        frame = pd.read_csv(own, dtype=str)
    elif other.exists():
        frame = pd.read_parquet(other).astype("str")
    else:
        frame = pd.read_csv(folder / f"{template.id}_{EXPORTED_ON}.csv", sep=";", dtype=str)
        fields = template.records[0].fields
        frame = frame.rename(columns={field.column: name for name, field in fields.items()})
    is_dutch = not own.exists() and not other.exists()
    for name, field in kind.fields.items():
        if field.type is FieldType.DATE:
            frame[name] = pd.to_datetime(frame[name], dayfirst=is_dutch, errors="coerce")
        elif field.type in (FieldType.INTEGER, FieldType.DECIMAL):
            text = frame[name].str.replace(",", ".") if is_dutch else frame[name]
            frame[name] = pd.to_numeric(text, errors="coerce")
        elif field.type is FieldType.BOOL:
            yes_no = {"true": True, "false": False, "True": True, "False": False}
            frame[name] = frame[name].map({**yes_no, "Ja": True, "Nee": False})
    return frame


def score(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Numerator and denominator per indicator, team and quarter."""
    journey = tables["trajectory"].query("programme != 'other'")
    journey = journey[["trajectory_id", "team_id", "start_date", "end_date"]]
    parts = []

    def add(
        indicator: str, rows: pd.DataFrame, day: str, met: pd.Series, weight: pd.Series
    ) -> None:
        quarter = rows[day].dt.to_period("Q").rename("quarter")
        sums = pd.DataFrame({"met": met * weight, "weight": weight})
        grouped = sums.groupby([rows["team_id"], quarter]).sum().reset_index()
        parts.append(grouped.assign(indicator=indicator))

    assessment = tables["strengths_assessment"].merge(journey, on="trajectory_id")
    known = assessment.dropna(subset="own_words")
    one = pd.Series(1, index=known.index)
    add("KI-4", known, "assessment_date", known["own_words"].eq("yes").astype(int), one)
    first = assessment.groupby("trajectory_id")["assessment_date"].min().rename("first")
    timely = journey.merge(first, on="trajectory_id", how="left")
    timely["limit"] = timely["start_date"] + pd.Timedelta(days=42)
    timely = timely[timely["limit"].le(EXPORTED_ON)]
    timely = timely[timely["end_date"].isna() | timely["end_date"].ge(timely["limit"])]
    met = timely["first"].le(timely["limit"]).astype(int)
    add("KI-1", timely, "limit", met, pd.Series(1, index=timely.index))
    plan = tables["action_plan"].query("status != 'draft'")[["plan_id", "trajectory_id"]]
    goal = (
        tables["goal"]
        .merge(plan, on="plan_id")
        .merge(journey[["trajectory_id", "team_id"]], on="trajectory_id")
    )
    goal = goal.dropna(subset="from_strengths")
    met = goal["from_strengths"].astype(int)
    add("AP-2", goal, "start_date", met, pd.Series(1, index=goal.index))
    contact = tables["contact"].merge(journey[["trajectory_id", "team_id"]], on="trajectory_id")
    contact = contact[contact["mode"].eq("face_to_face") & contact["no_show"].eq(False)]
    contact = contact.dropna(subset="place")
    met = contact["place"].isin(["home", "community"]).astype(int)
    add("OM-1", contact, "contact_date", met, contact["contact_count"])
    return pd.concat(parts)


def main() -> None:
    """Reads the options, reads and scores every tenth organisation, says how many rows that was."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--inbox", type=Path, required=True)
    given = options.parse_args()
    catalogue = load_catalogue()
    exports = {e.records[0].kind: e for e in catalogue.sources[TEMPLATE].exports}
    folders = sorted(path for path in given.inbox.iterdir() if path.is_dir())
    row_count = 0
    for folder in folders[::10]:
        tables = {
            kind.kind: read_kind(folder, kind, exports[kind.kind])
            for kind in catalogue.records.values()
        }
        row_count += sum(len(table) for table in tables.values())
        score(tables)
    print(f"rows {row_count}")


if __name__ == "__main__":
    main()
