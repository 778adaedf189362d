"""The invented organisations again, under names that try to break out of a page or a file."""

import shutil
from pathlib import Path

from pipelines.run import Run
from pipelines.warehouse import open_warehouse
from reports import publish

ORGANISATION = (
    "=2+5+cmd|' /C calc'!A0 </title><script>alert(1)</script> \"Zuid\" & \u202ekcurt\u202c "
    "<b onmouseover=alert(2)>שלום</b> " + "Lang" * 40
)
# team_id -> name
TEAMS = {
    "nl-haven": "\"><img src=x onerror=alert(3)>' onmouseover='alert(4)",
    "nl-akker": "\u202eneeS neverdO\u202c \u200fצוות שלום\u200f {{ 7 * 7 }} ${7*7}",
    "nl-kade": "W" * 300,
    "nl-klein": '=HYPERLINK("http://example.org","klik") &amp; &lt;b&gt; %00 ../../x',
    "nl-laat": "Ploeg\r\n\tTwee\x00\x07 <!-- \u2028 --> ]]> \\u003cscript\\u003e",
    "nl-vreemd": "👩‍👩‍👧‍👦 Zorg é ﷽ </script><script>alert(5)</script><svg onload=alert(6)>",
}


def write_names(run: Run) -> None:
    """Gives the organisation and its teams those names, in the protected tables of a home."""
    names = {"organisation": {"noordlicht": ORGANISATION}, "team": TEAMS}
    for table, by_id in names.items():
        path = run.home / "protected" / f"{table}.parquet"
        with open_warehouse() as warehouse:
            warehouse.execute(f"create table protected.t as select * from read_parquet('{path}')")
            warehouse.execute("delete from protected.t where organisation_id <> 'noordlicht'")
            for id, name in by_id.items():
                warehouse.execute(
                    f"update protected.t set name = ? where {table}_id = ?", [name, id]
                )
            warehouse.execute(f"copy protected.t to '{path}' (format parquet)")


def publish_hostile_site(run: Run, home: Path) -> None:
    """Publishes one organisation under hostile names, in Dutch, in a home of its own."""
    for folder in ("protected", "attacker"):
        shutil.copytree(run.home / folder, home / folder)
    hostile = Run(home / "inbox", home, home / "key", run.catalogue, languages=("nl",))
    write_names(hostile)
    publish(hostile)
