"""The shapes that declarations must have (pydantic models), one module per kind of declaration."""
