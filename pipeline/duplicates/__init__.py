"""Which documents and points are copies of one another."""
