"""What was seen of each delivered file, in the words of the reader."""

from reports.pages.page import PageContext

_FACTS = ("format", "encoding", "separator", "sheet", "header_row", "file_date_origin")


def list_detections(context: PageContext) -> list[dict[str, object]]:
    """Per file: its facts, the columns nobody declared, and what was noticed."""
    files: dict[str, dict[str, object]] = {}
    for row in context.organisation.detections:
        file = files.setdefault(
            row["file"], {"file": row["file"], "facts": {}, "unknown": [], "noticed": []}
        )
        if row["detected"] in _FACTS:
            file["facts"][row["detected"]] = _say_fact(context, row["detected"], row["value"])
        elif row["detected"] == "unknown_column":
            file["unknown"].append(row["column_name"])
        elif row["detected"] != "export":
            file["noticed"].append(_say_warning(context, row))
    for file in files.values():
        file["facts"] = [file["facts"][name] for name in _FACTS if name in file["facts"]]
        file["unknown"].sort()
        file["noticed"].sort()
    return [files[name] for name in sorted(files)]


def _say_fact(context: PageContext, name: str, value: str) -> str:
    words = context.words
    if name in ("format", "encoding", "separator"):
        return words(f"onboard.{name}.{value}")
    if name in ("sheet", "header_row"):
        return words(f"data.{name}", value=value)
    return words(f"data.file_date_origin.{value}")


def _say_warning(context: PageContext, row: dict) -> str:
    """The sentence of a warning, with its column and rows where it has them."""
    told = context.words(f"reasons.{row['detected']}")
    place = [f'"{row["column_name"]}"'] if row["column_name"] else []
    if row["row_count"]:
        rows = context.formats.count(row["row_count"])
        place.append(context.words("data.detected_rows", rows=rows))
    return f"{', '.join(place)}: {told}" if place else told
