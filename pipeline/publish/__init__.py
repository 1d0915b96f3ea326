"""What people see: figures, the report, documents, tables for spreadsheets."""
