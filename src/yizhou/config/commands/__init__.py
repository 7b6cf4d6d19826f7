"""One module per command of ``yizhou``."""
