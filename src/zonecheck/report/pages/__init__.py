"""Pages of the documentation that are made of the code: of every check and of every key."""
