"""Forgetting a client everywhere, and changing the key of an organisation.

Both write landing files anew without the exports they came from, and both can be cut off at any
point and started again. What does not belong here: what is published; pages hold counts of groups.
"""

from pipelines.forget.forgetting import Forgotten, forget_client
from pipelines.forget.rotation import rotate_key
from pipelines.forget.tending import tend_landing

__all__ = ["Forgotten", "forget_client", "rotate_key", "tend_landing"]
