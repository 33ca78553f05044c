"""What sales earn their reps: computed from the ledger, and explained line by line."""
