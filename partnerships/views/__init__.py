"""Pages: each loads what the reader may see, makes a form, calls one service, and shows or redirects."""
