"""The forms of walks and of cover."""
