"""Journal: what was done, by whom, when; never rewritten. The only door through which anything is written."""
