"""What the pages of this room show, read in a query for each part."""
