"""Which client is meant: the words that name one, and the clients of the records that they can mean. Pure."""
