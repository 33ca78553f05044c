"""The conversations about numbers: corrections, questions and their answers, and mails in the name of a rep."""
