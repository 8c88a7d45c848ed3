// Command atlantis reads a repository's atlantis.yaml with Atlantis' own parser, under the configuration of its server,
// and prints the projects that it found.
package main

import (
	"encoding/json"
	"flag"
	"log"
	"os"

	"github.com/runatlantis/atlantis/server/core/config"
	"github.com/runatlantis/atlantis/server/core/config/valid"
)

type project struct {
	Name      string   `json:"name"`
	Dir       string   `json:"dir"`
	DependsOn []string `json:"depends_on"`
}

func main() {
	log.SetFlags(0)
	server := flag.String("server", "", "the file of the server's configuration")
	repository := flag.String("repository", ".", "the folder that holds atlantis.yaml")
	id := flag.String("id", "", "the repository's name, as the server's configuration matches it")
	branch := flag.String("branch", "main", "the branch that a pull request merges into")
	flag.Parse()

	parser := config.ParserValidator{}
	global, err := parser.ParseGlobalCfg(*server, valid.NewGlobalCfgFromArgs(valid.GlobalCfgArgs{}))
	if err != nil {
		log.Fatalf("server: %v", err)
	}
	parsed, err := parser.ParseRepoCfg(*repository, global, *id, *branch)
	if err != nil {
		log.Fatalf("atlantis.yaml: %v", err)
	}
	projects := []project{}
	for _, one := range parsed.Projects {
		projects = append(projects, project{one.GetName(), one.Dir, one.DependsOn})
	}
	if err := json.NewEncoder(os.Stdout).Encode(projects); err != nil {
		log.Fatal(err)
	}
}
