"""Faults in workloads, and in what they need, beside them."""

from __future__ import annotations

from pathlib import Path

from tests.check.planted.planting import add, edit

SHOPS = 12
SHOP = "apps/shop-*/manifests.yaml"
_TEXT = Path(__file__).with_name("shop.yaml").read_text("utf-8")
GARDEN = {f"apps/shop-{number}/manifests.yaml": _TEXT.replace("shop", f"shop-{number}") for number in range(SHOPS)}
"""A workload of every kind, several times, in which there is room for faults."""
_APPLICATION = """apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: planted
  namespace: argocd
  finalizers:
    - resources-finalizer.argocd.argoproj.io
spec:
  project: platform
  destination:
    server: https://kubernetes.default.svc
  source:
    repoURL: https://github.com/acme-dev/gitops.git
    targetRevision: main
    path: apps/planted
"""
_BINDING = """apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: planted
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  §name: cluster-admin
subjects:
  - kind: Group
    apiGroup: rbac.authorization.k8s.io
    name: planted
"""
_PLAIN = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: planted\n  namespace: planted\nstringData:\n"
_SPEC = r"^      securityContext:\n        runAsNonRoot: true\n"

PLANTERS = (
    edit("enum-value", SHOP, r"^      restartPolicy: Always$", r"      restartPolicy: Never"),
    edit("image-missing", SHOP, r"^          image: .*\n", r"", "{path}:        - name: web"),
    edit("image-mutable", SHOP, r"^(          image: .*):1\.4\.2$", r"\1:latest"),
    edit("image-mutable", SHOP, r"^(          image: .*):1\.4\.2$", r"\1"),
    edit("label-syntax", SHOP, r"^(    app.kubernetes.io/version: 1.4.2)$", r"\1+planted"),
    edit(
        "list-key-duplicate",
        SHOP,
        r"^(          env:\n(            - name: LEVEL\n.*\n))",
        r"\1            - §name: LEVEL\n",
    ),
    edit("mount-volume", SHOP, r"^(            - name:) data\n(?=              mountPath)", r"\1 dta\n"),
    edit("name-rfc1123", SHOP, r"^        - name: web\n(?=          image)", r"        - name: Web_1\n"),
    add(
        "namespace-missing",
        "apps/planted/manifests.yaml",
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  §name: planted\n",
        beside={"registry/clusters/management/local/planted.yaml": _APPLICATION},
    ),
    edit(
        "pod-escalation",
        SHOP,
        r"^            allowPrivilegeEscalation: false\n",
        r"",
        "{path}:            capabilities",
    ),
    edit("pod-host", SHOP, r"^      restartPolicy: Always$", r"      §hostNetwork: true\n      restartPolicy: Always"),
    edit("pod-privileged", SHOP, r"^            (allowPrivilegeEscalation): false$", r"            §privileged: true"),
    edit("pod-root", SHOP, _SPEC + r"        runAsUser: 65532\n", r"", "{path}:      serviceAccountName"),
    edit("port-range", SHOP, r"containerPort: 8080", r"containerPort: 80800"),
    edit("port-range", SHOP, r"^      port: 80$", r"      port: 70000"),
    edit("probe-port", SHOP, r"^              port: http$", r"              port: admin"),
    edit("quantity", SHOP, r"cpu: 100m", r"cpu: -100m"),
    edit("quantity", SHOP, r"(requests:\n              cpu: 100m\n              )memory: 64Mi", r"\1§memory: 1Gi"),
    edit("quantity-unit", SHOP, r"memory: 128Mi", r"memory: 128m"),
    edit("rbac-anybody", SHOP, r"^    name: developers$", r"    name: system:unauthenticated"),
    add("rbac-cluster-admin", "apps/planted/binding.yaml", _BINDING),
    edit("rbac-wildcard", SHOP, r"^      - deployments$", r'      - "*"'),
    edit("reference-backend", SHOP, r"^(        - name: )web\n(?=          port)", r"\1site\n"),
    edit("reference-class", SHOP, r"priorityClassName: shop-(\d+)-critical", r"priorityClassName: shop-\1-citical"),
    edit("reference-config-map", SHOP, r"^                name: settings$", r"                name: setings"),
    edit("reference-gateway", SHOP, r"^    - name: shop-(\d+)\n(?=      sectionName)", r"    - name: shop\1\n"),
    edit(
        "reference-grant",
        "apps/shop-[2-9]/manifests.yaml",
        r"^        - (name: web)\n(?=          port)",
        r"        - \1\n          namespace: §shop-1\n",
    ),
    edit("reference-issuer", SHOP, r"^    name: internal$", r"    name: letsencrypt-planted"),
    edit("reference-role", SHOP, r"^  name: reader\n(?=subjects)", r"  name: raeder\n"),
    edit("reference-scale-target", SHOP, r"^    name: web\n(?=  maxReplicas)", r"    name: site\n"),
    edit("reference-secret", SHOP, r"^        - name: registry$", r"        - name: registri"),
    edit("reference-secret-path", "platform/*/secrets.yaml", r"key: (platform/.*)$", r"key: \1x"),
    edit("reference-secret-store", SHOP, r"^    name: (shop-\d+)\n(?=  target)", r"    name: \1-planted\n"),
    edit("reference-service-account", SHOP, r"serviceAccountName: web", r"serviceAccountName: wbe"),
    edit("reference-volume-claim", SHOP, r"claimName: data", r"claimName: dta"),
    edit("route-attached", SHOP, r"sectionName: https", r"sectionName: htps"),
    edit("scalar-ambiguous", "platform/*/values.yaml", r"\Z", r"§planted: yes\n"),
    edit("scalar-ambiguous", "platform/*/values.yaml", r"\Z", r"§planted: 0777\n"),
    add("secret-plain", "apps/planted/secret.yaml", _PLAIN + "  §password: correct-horse-battery\n"),
    edit("secret-token", "bootstrap/steps/*.sh", r"\Z", "§TOKEN=ghp_" + "JBd0Kh8oOOL8dKLzdocJ2isAjIhKtJ0RlgLK\n"),
    edit("selector-labels", SHOP, r"^      app: web\n(?=  template)", r"      §app: wbe\n"),
    edit("service-selector", SHOP, r"^    app: web\n(?=  ports)", r"    §app: wbe\n"),
)
