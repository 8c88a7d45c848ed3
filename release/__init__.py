"""A release of the template and the toolkit, which share one version: `nox -s release -- 1.2.3`."""
