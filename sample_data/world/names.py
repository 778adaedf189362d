"""Names that cannot belong to a real person: first names of birds, surnames of kitchenware."""

FIRST_NAMES = (
    "Merel", "Spreeuw", "Kwikstaart", "Wulp", "Grutto", "Reiger", "Koekoek", "Zwaluw", "Tapuit",
    "Kievit", "Lepelaar", "Ooievaar", "Fitis", "Putter", "Roerdomp", "Scholekster", "Tjiftjaf",
    "Waterhoen", "Zilvermeeuw", "Aalscholver",
)  # fmt: skip
SURNAMES = (
    "Theelepel", "Koekenpan", "Vergiet", "Soeplepel", "Broodplank", "Kaasschaaf", "Eierdop",
    "Pollepel", "Fluitketel", "Koffiemolen", "Garde", "Deegroller", "Schuimspaan", "Juskom",
    "Dunschiller", "Rasp", "Maatbeker", "Citroenpers", "Botervloot",
)  # fmt: skip


def person_name(counter: int) -> str:
    """An invented full name; every counter below 380 has its own."""
    return f"{FIRST_NAMES[counter % 20]} {SURNAMES[counter % 19]}"
