"""What colleagues order about issues in one line: merge, split, hand over, put off; by mail and at the command line."""
