"""Commands for those who keep a house: is the ledger whole, proofs for strangers, backups. Open `vault.py` first."""
