#!/usr/bin/env bash
# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# Give Gitea its name behind the gateway
. "$(dirname "$0")/../lib/all.sh"

require_cluster
within 900 'the gateway can take routes' apply -f "$bootstrap/gitea/route.yaml"
