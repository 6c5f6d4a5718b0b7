"""Paper and files: PDF and CSV made from the content trees that desk hands over."""
