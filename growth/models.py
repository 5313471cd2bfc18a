"""What came of it. The reports of this room count rows of the rooms below; so far it keeps none of its own."""
