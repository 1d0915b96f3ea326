"""Recurring themes of each side, from topic models and from codebooks, with how stable they are."""
