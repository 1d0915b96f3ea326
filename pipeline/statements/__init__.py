"""From sections to points, their terms, codes and links."""
