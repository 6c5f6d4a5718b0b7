"""The snapshot: an SQLite file of published figures that never changes once it has its name."""
