"""What others read in the same mails: three readers that know nothing of ours, and where we differ from them."""
