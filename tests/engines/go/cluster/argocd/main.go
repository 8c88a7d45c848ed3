// Command argocd is Argo CD without what nobody here talks to: its server, its command line and its other controllers.
package main

import (
	"os"

	controller "github.com/argoproj/argo-cd/v3/cmd/argocd-application-controller/commands"
	applicationsets "github.com/argoproj/argo-cd/v3/cmd/argocd-applicationset-controller/commands"
	askpass "github.com/argoproj/argo-cd/v3/cmd/argocd-git-ask-pass/commands"
	repository "github.com/argoproj/argo-cd/v3/cmd/argocd-repo-server/commands"
	"github.com/argoproj/argo-cd/v3/common"
	"github.com/spf13/cobra"
)

// Which program this is, as the whole Argo CD is told: git, too, is given one that asks for a password.
var programs = map[string]func() *cobra.Command{
	common.CommandApplicationController:    controller.NewCommand,
	common.CommandApplicationSetController: applicationsets.NewCommand,
	common.CommandGitAskPass:               askpass.NewCommand,
	common.CommandRepoServer:               repository.NewCommand,
}

func main() {
	if program, known := programs[os.Getenv("ARGOCD_BINARY_NAME")]; !known || program().Execute() != nil {
		os.Exit(1)
	}
}
