"""What staff do: sync, find, compare, make cards and hand them out."""
