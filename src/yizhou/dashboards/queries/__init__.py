"""What the dashboards show, one kind of panel a module."""
