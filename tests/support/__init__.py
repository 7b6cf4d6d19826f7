"""What tests of every package share: the policing client, frozen time, query counts, throw-away servers."""
