"""A slow attacker of its own: tries every count of every hidden cell against every sum.

Written from the definition and not from the code: sums are given as names, counts are enumerated.
"""

from itertools import product

Sums = list[tuple[str, list[str]]]  # (total, parts)


def find_intervals(
    counts: dict[str, int], sums: Sums, hidden: set[str], most: int
) -> dict[str, tuple[int, int]]:
    """Hidden cell -> smallest and largest count up to ``most`` that fit what is published."""
    names = sorted(hidden)
    lows = {name: 1 if counts[name] else 0 for name in names}
    offsets = [counts[total] - sum(counts[part] for part in parts) for total, parts in sums]
    found: dict[str, list[int]] = {name: [] for name in names}
    for guess in product(*(range(lows[name], most + 1) for name in names)):
        world = {**counts, **dict(zip(names, guess, strict=True))}
        if all(
            world[total] == sum(world[part] for part in parts) + offset
            for (total, parts), offset in zip(sums, offsets, strict=True)
        ):
            for name, count in zip(names, guess, strict=True):
                found[name].append(count)
    return {name: (min(values), max(values)) for name, values in found.items()}
