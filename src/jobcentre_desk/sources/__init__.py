"""Where figures come from: publications over https, in a folder or on a stick."""
