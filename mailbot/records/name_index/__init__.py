"""The names of all clients, so that those a text may mean are found, misspelt ones too, among a million."""
