"""The way to web pages: whether one is there for its readers, asked of nobody but servers that may be asked."""
