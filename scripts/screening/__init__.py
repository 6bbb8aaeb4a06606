"""What `scripts/fit_screen.py` fits and chooses."""
