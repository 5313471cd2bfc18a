"""What the pages of this room show: rows that are visible to the reader, put the way the templates need them."""
