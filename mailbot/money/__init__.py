"""Money as people write it: amounts in a line of text, numerals, currencies, and the digits that are no money. Pure."""
