"""A district of invented people with two school years of work, made through the services; the same on every machine."""

PASSWORD = "peerlearn-demo"
