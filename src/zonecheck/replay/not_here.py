"""That a case cannot be at a place."""


class NotHereError(Exception):
    """A named case needs something that the design or the place does not have."""
