"""A real OpenBao, as bootstrap/ and the roots of infrastructure/ meet it, where there are no nodes and no containers.

Real: three OpenBao servers with the rendered configuration, the API server that knows their ServiceAccounts, OpenTofu
with its providers, and bootstrap/. Everything that is not real is in one module each: pods.py (what a kubelet does),
workloads.py (what Argo CD and the controllers of a cluster do), authority.py (cert-manager), kubectl.py (what kubectl
needs a kubelet for), gitea.py (the git host).
"""
