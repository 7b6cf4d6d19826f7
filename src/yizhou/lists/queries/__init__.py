"""Reading: saved filters, and what a bulk change would do."""
