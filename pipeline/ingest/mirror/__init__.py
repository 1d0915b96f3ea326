"""What a gloss mirror is and how it is undone: its evidence, the character model, the search for lost bytes."""
