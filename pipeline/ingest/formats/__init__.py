"""The carriers of text: plain files and Word packages, each read as the text that its reader sees."""
