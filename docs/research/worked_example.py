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
# Flow comes before change: a change is only about those who were measured twice.

# %%
flow = read_csv("outcome_flow")
flow = flow[
    (flow["level"] == "all")
    & (flow["period"] == YEAR)
    & (flow["breakdown"] == "total")
    & (flow["instrument"] == "iroc")
].set_index("stage")
columns = ["numerator", "denominator", "share", "ended_count", "missed_count", "not_yet_due_count"]
print(flow.loc[["started", "t0_due", "t0", "t1_due", "t1", "t2_due", "t2"], columns])
figures["flow"] = flow["numerator"].astype(int).to_dict()

# %% [markdown]
# ## 4. Change of the completers, from an SPSS file
# The SPSS file has the same values, with labels. The t interval and the Wilson interval follow from
# mean, standard deviation and counts; the band says what the lost could change.

# %%
change, meta = pyreadstat.read_sav(FOLDER / "sav" / "outcome_change.sav")
change = change[
    (change["level"] == "all")
    & (change["period"] == YEAR)
    & (change["breakdown"] == "total")
    & (change["instrument"] == "iroc")
    & (change["moments"] == "T0-T1")
].iloc[0]
n = change["completers_count"]
half = stats.t.ppf(0.975, n - 1) * change["sd_change"] / np.sqrt(n)
assert np.isclose(change["mean_change"] - half, change["ci_low"], atol=1e-9)
assert np.isclose(change["mean_change"] / change["sd_t0"], change["d_t0_sd"])
assert np.isclose(change["mean_change"] / change["sd_change"], change["srm"])
noise = change["reliable_change_sd"] * np.sqrt(2 * (1 - change["reliability"]))
assert np.isclose(1.96 * noise, change["reliable_change_threshold"])
improved, z = change["improved_count"], stats.norm.ppf(0.975)
centre = (improved / n + z**2 / (2 * n)) / (1 + z**2 / n)
width = z * np.sqrt(improved / n * (1 - improved / n) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
assert np.isclose(centre - width, change["share_improved_ci_low"])
assert np.isclose(improved / change["due_count"], change["share_improved_lowest"])
figures["mean_change"] = change["mean_change"]
figures["share_improved"] = improved / n
print(f"{meta.column_names_to_labels['mean_change']}: {change['mean_change']:.2f} points")
print(f"  95 % interval {change['ci_low']:.2f} to {change['ci_high']:.2f}, n = {n:.0f}")
print(f"  reliably improved {improved / n:.0%}; between {change['share_improved_lowest']:.0%} and")
print(f"  {change['share_improved_highest']:.0%} depending on the {change['lost_count']:.0f} lost")
print(f"  reliability: {change['reliability_source']}; SD: {change['reliable_change_sd_source']}")

# %% [markdown]
# ## 5. One model: fidelity beside outcome
# Hypothesis H-1, declared beforehand. One number per team, so clients of a team do not count as
# unrelated; t with teams minus two. It says what goes together, never what causes what.

# %%
points = read_csv("fidelity_outcome_point")
teams = points[(points["hypothesis_id"] == "H-1") & points["period"].isna()]
x, y = teams["fidelity"].to_numpy(), teams["mean_improvement"].to_numpy()
design = np.column_stack([np.ones(len(x)), x])
(intercept, slope), residual, *_ = np.linalg.lstsq(design, y, rcond=None)
error = np.sqrt(residual[0] / (len(x) - 2) * np.linalg.inv(design.T @ design)[1, 1])
half = stats.t.ppf(0.975, len(x) - 2) * error
told = read_csv("fidelity_outcome")
told = told[
    (told["hypothesis_id"] == "H-1") & (told["level"] == "all") & (told["model"] == "team_line")
].iloc[0]
assert np.isclose(slope, told["estimate"]) and np.isclose(error, told["standard_error"])
assert np.isclose(slope - half, told["ci_low"]) and np.isclose(slope + half, told["ci_high"])
figures["slope"], figures["teams"] = float(slope), len(x)
print(f"{len(x)} teams, fidelity from {x.min():.2f} to {x.max():.2f}")
print(f"improvement per point of fidelity {slope:.2f}, interval {slope - half:.2f}", end=" ")
print(f"to {slope + half:.2f}")
