"""How the drawers came to be as they are: one file in `versions` for each step, never edited once released."""
