"""Who is asking, and may they: the gate before every page, signing in and out, and keys for programs. Open `gate.py` first."""
