tool k3d 5.9.0 https://k3d.io/ k3d version
tool docker 'any version' https://docs.docker.com/get-docker/
docker info >/dev/null 2>&1 || problem 'Docker does not answer; start it, and check that you may use it'
if ! k3d cluster list "$PLATFORM_NAME" >/dev/null 2>&1; then
  for number in 80 443; do
    if [[ -z ${DRY_RUN:-} ]] && (exec 4<>"/dev/tcp/127.0.0.1/$number") 2>/dev/null; then
      problem "port $number of this machine is taken; stop what listens there"
    fi
  done
fi
