"""Weeks and months: whose numbers are due, who said what of a week, and which months are closed."""
