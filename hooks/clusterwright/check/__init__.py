"""The checker: loads a repository once, runs small rules over it, and reports.

Other verbs read repositories through the same model. What they may rely on:

    from clusterwright.check.repository import load

    repository = load("path/to/repository")        # raises UserError only for what .clusterwright.yaml says wrongly
    repository.files, .documents, .resources       # what is there; see model.py for File, Document and Resource
    repository.by_kind["apps", "Deployment"]       # resources by API group and kind; by_name, by_path, documents_of too
    repository.applications                        # of Argo CD, those of ApplicationSets too; see argocd.py
    repository.expansions, .projects, .parents     # what ApplicationSets make; projects; who applies which manifest
    repository.kustomizations, .unreadable         # Kustomize's own files by folder; what could not be read

    applied(repository, application)               # applied.py: the resources that an Application applies from here
    configuration(repository)                      # hcl_modules.py: OpenTofu modules, their blocks and references
    made(repository), references(repository)       # made.py, references.py: what makes an object, and what needs it
    examine(repository, RULES)                     # run.py, registry.py: what rules say, with the place of each finding

A repository is not changed once it is loaded, and several can be loaded side by side: whatever is worked out of one is
kept with it (once.py). Values come as plain dicts, lists and scalars, typed as Kubernetes types them; `mapping`,
`sequence` and `text` of model.py look into them whatever their shape. Places are found when they are asked for:
`positions(file.text, file.scalars)[document.index]` of positions.py has `key(where)` and `value(where)`.
"""
