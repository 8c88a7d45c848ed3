"""A world of stand-ins for the tools that bootstrap/ calls: nothing is started, everything is written down."""
