#!/usr/bin/env bash
# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# Write down whose cluster this is
. "$(dirname "$0")/../lib/all.sh"

require_cluster
namespace bootstrap
jq --null-input --arg name "$PLATFORM_NAME" --arg repository "$GIT_WEB" '{apiVersion: "v1", kind: "ConfigMap",
  metadata: {namespace: "bootstrap", name: "platform"}, data: {name: $name, repository: $repository}}' | apply -f -
