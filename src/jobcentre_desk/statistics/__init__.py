"""Sums on numbers: intervals, shrinkage, funnels, places and peers."""
