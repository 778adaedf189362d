"""How small a group may be before its figures are hidden."""

# k: a figure about clients needs this many, unless the organisation asks for more or less.
DEFAULT_MINIMUM_CLIENTS = 10
# No organisation can lower k below this.
LOWEST_MINIMUM_CLIENTS = 5
# A team's figures are personal data of its staff: fewer support workers, no figures.
MINIMUM_WORKERS = 5
# With fewer organisations an "all" figure lets one organisation work out another.
MINIMUM_ORGANISATIONS = 5
# An estimate over teams of several organisations is no sum, but with two organisations each could
# solve it for the other; the same holds when all teams but a few are one's own.
MINIMUM_ESTIMATE_ORGANISATIONS = 3
MINIMUM_OTHER_TEAMS = 5
