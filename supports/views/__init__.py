"""Pages of the menu, of its editing, and of the PD catalogue."""
