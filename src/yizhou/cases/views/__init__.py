"""Pages of cases: parse, permit, call, render."""
