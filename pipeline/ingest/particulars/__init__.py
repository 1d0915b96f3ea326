"""What a report is: its title, year, kind, organisation, region."""
