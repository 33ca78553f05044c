"""A page that an issue is about is looked at before anybody is written to, and again when somebody says it is done. The
client hears only what was seen."""
