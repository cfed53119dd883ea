"""Who may review and add, from the terminal: `pasvik users` and `pasvik tokens`."""
