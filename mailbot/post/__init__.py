"""The outside: IMAP in and SMTP out, behind two small ports, and the sandbox mail server of the demo."""
