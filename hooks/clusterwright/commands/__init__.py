"""One module for each verb of the command line; each exports `command`, and is imported only when it is called."""
