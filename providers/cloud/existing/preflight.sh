kubectl config get-contexts "$SOURCE_CONTEXT" >/dev/null 2>&1 \
  || problem "kubeconfig has no context $SOURCE_CONTEXT; add it, or answer kube_context anew"
