# %% [markdown]
# # From the export to the published figures, and one model
#
#     krachtwerk export --home build --to research --language en
#     python docs/research/worked_example.py research
#
# Runs as a script, or cell by cell in an editor that knows `# %%`. It needs pandas, numpy, scipy
# and pyreadstat. Every figure is worked out again from the files and then held beside the one that
# the project tells; the script stops when they differ.

# %%
import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
from scipy import stats

FOLDER = Path(sys.argv[1] if len(sys.argv) > 1 else "research")
YEAR = "2025"
figures: dict[str, object] = {}  # what was found, for who runs this as part of something larger


def read_csv(table: str) -> pd.DataFrame:
    """A table with the types that the data package declares."""
    (resource,) = (one for one in package["resources"] if one["path"] == f"csv/{table}.csv")
    types = {"string": "string", "integer": "Int64", "number": "float64", "boolean": "boolean"}
    fields = resource["schema"]["fields"]
    return pd.read_csv(
        FOLDER / resource["path"],
        dtype={field["name"]: types[field["type"]] for field in fields if field["type"] in types},
        parse_dates=[field["name"] for field in fields if field["type"] == "date"],
    )


# %% [markdown]
# ## 1. Is this the export that was handed over?
# The data package names every file with its hash, and what the results were made from.

# %%
package = json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))
for resource in package["resources"]:
    content = (FOLDER / resource["path"]).read_bytes()
    assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}", resource["path"]
print("results version", package["results_version"], "made from", package["origin"])

# %% [markdown]
# ## 2. An indicator, from its units
# `indicator_units` has one row per unit: counted or excluded with a reason. The value is what met
# the condition, divided by what counted.

# %%
scores = read_csv("indicator_scores")
units = read_csv("indicator_units")
is_chosen = (scores["indicator_id"] == "KI-1") & (scores["period"] == YEAR)
timely = scores[is_chosen & (scores["level"] == "team")].set_index("score_key")
own = units[units["score_key"].isin(timely.index) & units["counted"]]
share = own.groupby("score_key")["met"].mean().astype(float)
assert np.allclose(share, timely.loc[share.index, "value"], atol=1e-12)
figures["timely_assessment"] = share.to_dict()
print(f"KI-1, {YEAR}: {len(share)} teams, from {share.min():.0%} to {share.max():.0%}")

# %% [markdown]
# ## 3. Who was measured, and who was lost
# Flow comes before change: a change is only about those who were measured twice. Every trajectory
# belongs to one team, so that the figures of an organisation follow from those of its teams.


# %%
def add_teams(table: pd.DataFrame, names: list[str], numbers: list[str]) -> pd.DataFrame:
    """Numbers of the teams added up per organisation, whole years and undivided only."""
    chosen = table[(table["level"] == "team") & (table["period"] == YEAR)]
    chosen = chosen[chosen["breakdown"] == "total"]
    return chosen.groupby(["organisation_id", *names])[numbers].sum().astype(float)


def choose_organisations(table: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """The rows of the organisations for the same year, with the same index."""
    chosen = table[(table["level"] == "organisation") & (table["period"] == YEAR)]
    chosen = chosen[chosen["breakdown"] == "total"]
    return chosen.set_index(["organisation_id", *names]).sort_index()


names = ["instrument", "informant", "stage"]
flow = read_csv("outcome_flow")
added = add_teams(flow, names, ["numerator", "denominator"])
share = (added["numerator"] / added["denominator"]).dropna()
told_flow = choose_organisations(flow, names)
assert np.allclose(share, told_flow.loc[share.index, "share"].astype(float))
columns = ["numerator", "denominator", "share", "ended_count", "missed_count", "not_yet_due_count"]
print(told_flow.loc[told_flow.index.get_level_values("instrument") == "iroc", columns])
figures["flow"] = share.to_dict()

# %% [markdown]
# ## 4. Change of the completers, from an SPSS file
# The SPSS file has the same values, with labels. The t interval and the Wilson interval follow from
# mean, standard deviation and counts; the band says what the lost could change.


# %%
def find_wilson(met: pd.Series, units: pd.Series) -> tuple[pd.Series, pd.Series]:
    """The 95 % Wilson interval of shares."""
    z = stats.norm.ppf(0.975)
    share = met / units
    centre = (share + z**2 / (2 * units)) / (1 + z**2 / units)
    half = z * np.sqrt(share * (1 - share) / units + z**2 / (4 * units**2)) / (1 + z**2 / units)
    return centre - half, centre + half


change, meta = pyreadstat.read_sav(FOLDER / "sav" / "outcome_change.sav")
names = ["instrument", "instrument_version", "scale", "informant", "moments"]
change["weighted"] = change["completers_count"] * change["mean_change"]
added = add_teams(change, names, ["due_count", "completers_count", "improved_count", "weighted"])
told = choose_organisations(change, names)
told = told[told["completers_count"] > 1]
n, added = told["completers_count"], added.loc[told.index]
mean = added["weighted"] / added["completers_count"]
half = stats.t.ppf(0.975, n - 1) * told["sd_change"] / np.sqrt(n)
assert np.allclose(mean, told["mean_change"])
assert np.allclose(mean - half, told["ci_low"]) and np.allclose(mean + half, told["ci_high"])
for size, spread in (("d_t0_sd", "sd_t0"), ("srm", "sd_change")):
    varied = told[spread] > 0  # without any spread there is no such size
    assert np.allclose(mean[varied] / told.loc[varied, spread], told.loc[varied, size])
figures["change"] = pd.DataFrame({"mean": mean, "low": mean - half, "high": mean + half}).to_dict(
    "index"
)
judged = told[told["share_improved"].notna()]
noise = judged["reliable_change_sd"] * np.sqrt(2 * (1 - judged["reliability"]))
assert np.allclose(1.96 * noise, judged["reliable_change_threshold"])
improved = added.loc[judged.index, "improved_count"]
low, high = find_wilson(improved, judged["completers_count"])
assert np.allclose(low, judged["share_improved_ci_low"])
assert np.allclose(high, judged["share_improved_ci_high"])
assert np.allclose(improved / judged["due_count"], judged["share_improved_lowest"])
figures["improved"] = (improved / judged["completers_count"]).to_dict()
print(meta.column_names_to_labels["mean_change"])
print(told[["completers_count", "lost_count", "mean_change", "ci_low", "ci_high"]].round(2))
for one in judged[["reliability_source", "reliable_change_sd_source"]].drop_duplicates().values:
    print("  reliability and standard deviation:", "; ".join(one))

# %% [markdown]
# ## 5. Goals and closures
# Shares of closed goals and of closures, from the counts of the teams.

# %%
for table, names in (("goal_attainment", ["measure"]), ("closures", ["measure"])):
    rows = read_csv(table)
    # a mean T score is no share; kinds of housing have their own denominators
    rows = rows[rows["measure"] != "gas_t"]
    if "measure_category" in rows:
        rows = rows[rows["measure_category"].isna()]
    added = add_teams(rows, names, ["numerator", "denominator"])
    told = choose_organisations(rows, names)
    told = told[told["denominator"] > 0]
    added = added.loc[told.index]
    low, high = find_wilson(added["numerator"], added["denominator"])
    assert np.allclose(low, told["ci_low"]) and np.allclose(high, told["ci_high"])
    figures[table] = (added["numerator"] / added["denominator"]).to_dict()
    print(told[["numerator", "denominator", "value", "ci_low", "ci_high"]].round(3))

# %% [markdown]
# ## 6. One model: fidelity beside outcome
# Hypothesis H-1, declared beforehand. One number per team, so clients of a team do not count as
# unrelated; each team beside teams of its own organisation, so that what an organisation's teams
# have in common counts for nothing; t with teams minus organisations minus one. It says what goes
# together, never what causes what.

# %%
points = read_csv("fidelity_outcome_point")
teams = points[(points["hypothesis_id"] == "H-1") & points["period"].isna()]
houses = teams["organisation_id"].nunique()
own = teams.groupby("organisation_id")[["fidelity", "mean_improvement"]]
x, y = (teams[["fidelity", "mean_improvement"]] - own.transform("mean")).to_numpy().T
freedom = len(teams) - houses - 1
slope = x @ y / (x @ x)
error = np.sqrt(((y - slope * x) ** 2).sum() / freedom / (x @ x))
half = stats.t.ppf(0.975, freedom) * error
told = read_csv("fidelity_outcome")
told = told[(told["hypothesis_id"] == "H-1") & (told["level"] == "all") & told["is_leading"]].iloc[
    0
]
assert np.isclose(slope, told["estimate"]) and np.isclose(error, told["standard_error"])
assert np.isclose(slope - half, told["ci_low"]) and np.isclose(slope + half, told["ci_high"])
figures["model"] = {"slope": slope, "low": slope - half, "high": slope + half, "teams": len(teams)}
lowest, highest = teams["fidelity"].min(), teams["fidelity"].max()
print(f"{len(teams)} teams of {houses} organisations, fidelity {lowest:.2f} to {highest:.2f}")
print(f"improvement per point of fidelity {slope:.2f}, interval {slope - half:.2f}", end=" ")
print(f"to {slope + half:.2f}")
