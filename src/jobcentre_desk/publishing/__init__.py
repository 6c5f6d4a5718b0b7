"""The format of publications: write, sign, verify, read rows, and the demonstration."""
