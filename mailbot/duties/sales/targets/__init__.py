"""Targets: what is to be sold, as the manager says it by mail."""
