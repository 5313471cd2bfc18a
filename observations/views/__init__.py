"""The pages of walks and of cover."""
