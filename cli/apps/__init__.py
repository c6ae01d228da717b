"""The words and options of the command line, by area; what the commands do is imported when one is called."""
