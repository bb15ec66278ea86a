"""The documents: what they show is what happens, and their site is whole and needs no network."""
