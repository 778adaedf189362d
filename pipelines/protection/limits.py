"""How small a group may be before its figures are hidden."""

# k: a figure about clients needs this many, unless the organisation asks for more or less.
DEFAULT_MINIMUM_CLIENTS = 10
# No organisation can lower k below this.
LOWEST_MINIMUM_CLIENTS = 5
# A team's figures are personal data of its staff: fewer support workers, no figures.
MINIMUM_WORKERS = 5
# With fewer organisations an "all" figure lets one organisation work out another.
MINIMUM_ORGANISATIONS = 5
