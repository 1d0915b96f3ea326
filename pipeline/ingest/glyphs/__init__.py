"""Characters: encodings, entities, markup, blanks, scripts, strings against copying."""
