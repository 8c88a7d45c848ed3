# pod.sh ROOT POD ARGUMENT: runs the containers of one pod of the store where the files are this machine's, except that
# /openbao, /tmp, the hosts and the ServiceAccount are the pod's. It is started in a mount namespace of its own, so
# nobody else sees any of this. ARGUMENT is the chart's value `extraArgs`.
set -eu
root=$1 pod=$2
mount -t tmpfs none "$root"
for path in /*; do
  if [ -L "$path" ]; then
    cp -P "$path" "$root"
  elif [ -d "$path" ]; then
    mkdir "$root$path"
    case $path in
    /run | /tmp) mount -t tmpfs none "$root$path" ;;
    *) mount --rbind "$path" "$root$path" ;;
    esac
  fi
done
mkdir -p "$root/openbao" "$root/programs" "$root/run/secrets/kubernetes.io/serviceaccount"
mount --rbind "$pod/openbao" "$root/openbao"
mount --bind "$PROGRAMS" "$root/programs"
mount --bind "$pod/serviceaccount" "$root/run/secrets/kubernetes.io/serviceaccount"
mount --bind "$pod/hosts" "$root/etc/hosts"
exec chroot "$root" /bin/sh -euc '
  sh /openbao/initialize/choose.sh
  exec bao server -config=/openbao/config/extraconfig-from-values.hcl "$1"
' sh "$3"
