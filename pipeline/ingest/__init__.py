"""From files to clean documents: what was damaged is repaired by edits that can be undone."""
