"""Counting what came of the work."""
