"""From a frozen text to its tree of sections, each with a role."""
