# Owned by the template: extend it in overrides/, local/ or fleet.yaml (docs/ownership.md).
# shellcheck shell=bash
# What every script here begins with: strict mode, the answers, and the helpers.
set -euo pipefail
umask 077
exec 3>&1

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
bootstrap=$repository/bootstrap
. "$bootstrap/config.env"
for helper in base kube store iac git seed cloud states "$GIT_HOST"; do
    . "$bootstrap/lib/$helper.sh"
done
