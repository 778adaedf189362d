"""A tenth of the work in pandas: reads the files of every tenth organisation, scores every rule.

What an analyst writes: one data frame per record kind, typed, joined and grouped in memory, one
organisation after the other. The values of all indicators per team and organisation, without units,
quarantine or checks, as the bare script.

    python benchmarks/pandas_run.py --inbox build/inbox --values build/pandas.parquet
"""

import argparse
from pathlib import Path

import pandas as pd
from generate import EXPORTED_ON, TEMPLATE
from pandas_organisation import Organisation
from pandas_rules import score

from pipelines.catalogue import load_catalogue
from pipelines.catalogue.models.records import FieldType, RecordKind

# A stock counts in its year as it stood in the year's last quarter.
STOCKS = ("ST-1", "ST-2", "ST-3", "SV-1", "KI-2", "KI-3", "EV-1", "ST-8")


def read_kind(folder: Path, kind: RecordKind, template) -> pd.DataFrame:
    """The typed rows of one record kind of one organisation."""
    own, other = folder / f"{kind.kind}.csv", folder / f"{kind.kind}.parquet"
    is_dutch = False
    if own.exists():
        frame = pd.read_csv(own, dtype=str)
    elif other.exists():
        frame = pd.read_parquet(other)
    else:
        is_dutch = True
        frame = pd.read_csv(folder / f"{template.id}_{EXPORTED_ON}.csv", sep=";", dtype=str)
        fields = template.records[0].fields
        frame = frame.rename(columns={field.column: name for name, field in fields.items()})
    for name, field in kind.fields.items():
        if field.type is FieldType.DATE:
            form = "%d-%m-%Y" if is_dutch else "%Y-%m-%d"
            frame[name] = pd.to_datetime(frame[name], format=form)
        elif field.type in (FieldType.INTEGER, FieldType.DECIMAL):
            text = frame[name].str.replace(",", ".") if is_dutch else frame[name]
            frame[name] = pd.to_numeric(text)
        elif field.type is FieldType.BOOL:
            yes_no = {"true": True, "false": False, True: True, False: False}
            frame[name] = frame[name].map({**yes_no, "Ja": True, "Nee": False})
    return frame


def read_organisation(folder: Path) -> str:
    """The id of the organisation whose files lie in ``folder``."""
    settings = (folder / "organisation.yaml").read_text(encoding="utf-8")
    return settings.split("organisation_id: ")[1].split("\n")[0]


def add_years(parts: pd.DataFrame, until: pd.Timestamp) -> pd.DataFrame:
    """Values per team and organisation, quarter and year."""
    period = parts["quarter"].astype(str).str.replace("Q", "-Q")
    parts = parts.assign(period=period, year=period.str[:4])
    quarters = parts[parts["period"].str.len() == 7]
    last = min(until, pd.Timestamp(until.year, 12, 31)).to_period("Q")
    is_last = quarters["period"].str.endswith("-Q4") | (
        quarters["period"] == str(last).replace("Q", "-Q")
    )
    years = quarters[is_last | ~quarters["indicator"].isin(STOCKS)]
    # Documents were judged anew for the year.
    years = years[~years["indicator"].isin(parts.loc[parts["period"].str.len() == 4, "indicator"])]
    teams = pd.concat([parts, years.assign(period=years["year"])])
    levels = pd.concat([teams, teams.assign(team_id="")])
    sums = levels.groupby(["indicator", "team_id", "period"], as_index=False)[
        ["numerator", "denominator"]
    ].sum()
    sums = sums[sums["denominator"] > 0]
    return sums.assign(value=sums["numerator"] / sums["denominator"])


def main() -> None:
    """Reads the options, reads and scores every tenth organisation, says how many rows that was."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--inbox", type=Path, required=True)
    options.add_argument("--values", type=Path, required=True)
    given = options.parse_args()
    catalogue = load_catalogue()
    exports = {e.records[0].kind: e for e in catalogue.sources[TEMPLATE].exports}
    until = pd.Timestamp(EXPORTED_ON)
    folders = sorted(path for path in given.inbox.iterdir() if path.is_dir())
    row_count, values = 0, []
    for folder in folders[::10]:
        tables = {
            kind.kind: read_kind(folder, kind, exports[kind.kind])
            for kind in catalogue.records.values()
        }
        row_count += sum(len(table) for table in tables.values())
        parts = score(Organisation(tables, until))
        values.append(add_years(parts, until).assign(organisation_id=read_organisation(folder)))
    pd.concat(values).to_parquet(given.values)
    print(f"rows {row_count}")


if __name__ == "__main__":
    main()
