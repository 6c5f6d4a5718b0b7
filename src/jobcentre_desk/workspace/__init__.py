"""What the user made: saved filters, shortlist, notes and confirmations, never thrown away."""
