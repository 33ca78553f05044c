"""`python -m mailbot` is the command `mailbot`."""

from mailbot.cli import main

if __name__ == "__main__":
    main(prog_name="mailbot")
