"""Why a number is what it is, and how the difference between two numbers splits exactly.

From a score key back to its units and the rows behind them. Amounts are exact fractions all the
way; only what is printed is rounded. Nothing here makes or changes a score. What does not belong
here: protection (these answers hold pseudonyms and are for the command line of the organisation
itself), pages and options of the command.
"""

from pipelines.explain.change_text import describe_change, list_change
from pipelines.explain.comparing import compare_periods, compare_releases
from pipelines.explain.explanation import Explanation, explain_score
from pipelines.explain.kept_release import find_release
from pipelines.explain.listing import list_explanation
from pipelines.explain.text import describe_explanation

__all__ = [
    "Explanation",
    "compare_periods",
    "compare_releases",
    "describe_change",
    "describe_explanation",
    "explain_score",
    "find_release",
    "list_change",
    "list_explanation",
]
