"""Settings, root urls, API root, command line: the only place that knows every package."""
