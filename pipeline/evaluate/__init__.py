"""Results against gold, and coders against one another."""
