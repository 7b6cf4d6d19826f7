"""平衡表: opening + in − out = closing by name, checked against the indicators before a table goes up."""
