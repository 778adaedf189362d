from reports.panels.name_places import place_names, shorten_name


def test_names_of_neighbours_stand_apart():
    (first, above), (second, below) = place_names([(0.3, 0.5, "Haven"), (0.32, 0.5, "Kade")])
    assert (first, second) == ("Haven", "Kade")
    assert above != below


def test_name_stays_inside_the_chart():
    assert place_names([(0.95, 0.5, "Akkerstraat")]) == [("Akkerstraat", "middle left")]
    assert place_names([(0.05, 0.5, "Akkerstraat")]) == [("Akkerstraat", "middle right")]


def test_name_without_a_free_place_is_left_out_rather_than_covering_another():
    crowd = [(0.5 + 0.001 * i, 0.5, f"Team nummer {i}") for i in range(12)]
    names = [name for name, _ in place_names(crowd)]
    assert 0 < sum(bool(name) for name in names) < 12


def test_long_name_is_cut_and_says_so():
    assert shorten_name("De Vlonder, nachtopvang") == "De Vlonder, nacht…"
