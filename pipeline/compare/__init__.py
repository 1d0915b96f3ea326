"""From coded and clustered points to comparison tables: counts, shares, intervals, tests, and the ledger."""
