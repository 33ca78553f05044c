"""What the desk can do in a second, each figure beside a reference measured in the same run."""
