"""From a template and answers to a folder of files, through Copier."""
