"""Lines: how a text was laid out, and how sentences, paragraphs and titles that were broken are joined."""
