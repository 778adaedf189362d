from reports.panels.name_places import place_names, shorten_name


def test_names_of_neighbours_stand_apart():
    (first, above), (second, below) = place_names([(0.3, 0.5, "Haven"), (0.32, 0.5, "Kade")])
    assert (first, second) == ("Haven", "Kade")
    assert above != below


def test_name_stays_inside_the_chart():
    assert place_names([(0.95, 0.5, "Akkerstraat")]) == [("Akkerstraat", "middle left")]
    assert place_names([(0.05, 0.5, "Akkerstraat")]) == [("Akkerstraat", "middle right")]


def test_name_stands_beside_a_line_rather_than_on_it():
    level = [(0.0, 0.5), (1.0, 0.5)]
    assert place_names([(0.3, 0.5, "Haven")], [level]) == [("Haven", "top right")]
    above = [(0.0, 0.57), (1.0, 0.57)]
    assert place_names([(0.3, 0.5, "Haven")], [level, above]) == [("Haven", "bottom right")]


def test_name_crosses_a_line_when_no_place_is_free_of_them():
    lines = [[(0.0, y / 50), (1.0, y / 50)] for y in range(51)]
    assert place_names([(0.3, 0.5, "Haven")], lines)[0][0] == "Haven"


def test_name_without_a_free_place_is_left_out_rather_than_covering_another():
    crowd = [(0.5 + 0.001 * i, 0.5, f"Team nummer {i}") for i in range(12)]
    names = [name for name, _ in place_names(crowd)]
    assert 0 < sum(bool(name) for name in names) < 12


def test_long_name_is_cut_and_says_so():
    assert shorten_name("De Vlonder, nachtopvang") == "De Vlonder, nachtopva…"
