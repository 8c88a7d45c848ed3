"""The pages of the documentation that are made from the sources: questions, catalogue, schemas, commands."""
