"""A file for SPSS is searched like any other; an empty text in it is no fault."""

import pandas as pd
import pyreadstat

from pipelines.forget.search import Wanted, count_hits
from pipelines.warehouse import open_warehouse


def test_pseudonym_in_a_file_for_spss_is_found_beside_empty_texts(tmp_path):
    pseudonym = "0123456789abcdef0123"
    path = tmp_path / "flow.sav"
    frame = pd.DataFrame({"client_id": [pseudonym, None], "team": [None, "t1"], "n": [1, 2]})
    pyreadstat.write_sav(frame, str(path))
    with open_warehouse() as warehouse:
        assert count_hits(warehouse, path, want(pseudonym)) > 0
        assert count_hits(warehouse, path, want("f" * 20)) == 0


def want(pseudonym: str) -> Wanted:
    return Wanted(frozenset({pseudonym}), {"client": frozenset({pseudonym})}, {}, None)
