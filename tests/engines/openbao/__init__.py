"""A real OpenBao, as bootstrap/ and the roots of infrastructure/ meet it, where there are no nodes and no containers.

Real: three OpenBao servers with the rendered configuration, the API server that knows their ServiceAccounts, OpenTofu
with its providers and the states that it keeps in that API server, and the scripts of bootstrap/ but for the steps in
LEFT_OUT of machine.py. Everything that is not real is in one module each: pods.py (what a kubelet does, and what of the
configuration is not as rendered), workloads.py (what Argo CD and the controllers of a cluster do), authority.py
(cert-manager), kubectl.py (what kubectl needs a kubelet for), gitea.py (the git host).
"""
