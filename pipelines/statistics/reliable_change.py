"""Whether one person changed more than the instrument's own noise.

What does not belong here: where the reliability and the standard deviation come from (the
instrument's declaration and ``pipelines.outcomes``).
"""

from enum import StrEnum
from math import sqrt

# Two-sided 5 %: Jacobson & Truax (1991), as printed there; the exact quantile is 1.95996.
CRITICAL_RCI = 1.96


class ChangeClass(StrEnum):
    """What reliable change says about one person."""

    IMPROVED = "reliably_improved"
    UNCHANGED = "unchanged"
    DETERIORATED = "reliably_deteriorated"
    NO_NORM = "no_norm"


def calculate_error_of_difference(sd_before: float, reliability: float) -> float:
    """The standard error of a difference score, ``SD_T0 sqrt(2 (1 - r))``.

    Source: Jacobson & Truax (1991) J Consult Clin Psychol 59:12-19.

    Raises:
        ValueError: the reliability is not between 0 and 1, or the standard deviation is negative.
    """
    if not 0 <= reliability <= 1 or sd_before < 0:
        raise ValueError(f"reliability {reliability} or SD {sd_before} is impossible")
    return sd_before * sqrt(2 * (1 - reliability))


def calculate_rci(
    before: float, after: float, sd_before: float, reliability: float
) -> float | None:
    """The reliable change index: change divided by its standard error; empty without error."""
    error = calculate_error_of_difference(sd_before, reliability)
    return (after - before) / error if error else None


def calculate_threshold(sd_before: float, reliability: float) -> float:
    """The change that must be exceeded to be reliable: 1.96 standard errors of the difference."""
    return CRITICAL_RCI * calculate_error_of_difference(sd_before, reliability)


def classify_change(
    change: float, threshold: float | None, is_higher_better: bool | None
) -> ChangeClass:
    """The class of one person's change; exactly at the threshold is unchanged."""
    if threshold is None or is_higher_better is None:
        return ChangeClass.NO_NORM
    if abs(change) <= threshold:
        return ChangeClass.UNCHANGED
    is_better = (change > 0) == is_higher_better
    return ChangeClass.IMPROVED if is_better else ChangeClass.DETERIORATED


def calculate_cut_offs(
    mean_clinical: float,
    sd_clinical: float,
    mean_norm: float | None = None,
    sd_norm: float | None = None,
) -> dict[str, float]:
    """The clinical cut-offs that published norms allow: ``a``, and with a norm group b and c.

    a: two SDs from the clinical mean towards the norm group (upwards without one); b: two SDs from
    the norm mean towards the clinical group; c: between both, weighted by the other group's SD.

    Source: Jacobson & Truax (1991); only with published norms, never with an organisation's own.
    """
    if mean_norm is None or sd_norm is None:
        return {"a": mean_clinical + 2 * sd_clinical}
    towards_norm = 1 if mean_norm >= mean_clinical else -1
    between = (sd_clinical * mean_norm + sd_norm * mean_clinical) / (sd_clinical + sd_norm)
    return {
        "a": mean_clinical + towards_norm * 2 * sd_clinical,
        "b": mean_norm - towards_norm * 2 * sd_norm,
        "c": between,
    }
