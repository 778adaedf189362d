from tests.deliveries.conftest import door

__all__ = ["door"]
