"""What a mail system says in a mail: whom a letter did not reach, why, and whether the letter is proven ours. Pure."""
