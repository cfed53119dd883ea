"""The front door for the terminal. In: words typed by a person or a script. Out: a board, reasons, JSON, or one clear sentence.

Open `main.py` first: it is the table of commands; each command has a file of its own.
"""
