"""Pages of sites, serials and mails: which of their lines are not the report's."""
