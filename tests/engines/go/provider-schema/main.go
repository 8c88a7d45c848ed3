// Command provider-schema stands in for a provider whose program cannot be built here: it tells the real provider's
// schema, which lies beside it as `providers schema -json` printed it, and has no resources behind it. Who asks it does
// what it does with every provider: it refuses unknown and missing arguments, and values of the wrong type.
package main

import (
	"context"
	"errors"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
)

var errNothing = errors.New("a stand-in: there is no provider behind this schema")

// server answers what `validate` asks. What it does not answer, the embedded interface, which is nil, answers with the
// end of the program.
type server struct {
	tfprotov6.ProviderServer
	schema *tfprotov6.GetProviderSchemaResponse
}

func (s server) GetMetadata(context.Context, *tfprotov6.GetMetadataRequest) (*tfprotov6.GetMetadataResponse, error) {
	return nil, errNothing
}

func (s server) GetProviderSchema(
	context.Context, *tfprotov6.GetProviderSchemaRequest,
) (*tfprotov6.GetProviderSchemaResponse, error) {
	return s.schema, nil
}

func (s server) GetResourceIdentitySchemas(
	context.Context, *tfprotov6.GetResourceIdentitySchemasRequest,
) (*tfprotov6.GetResourceIdentitySchemasResponse, error) {
	return &tfprotov6.GetResourceIdentitySchemasResponse{}, nil
}

func (s server) ValidateProviderConfig(
	_ context.Context, asked *tfprotov6.ValidateProviderConfigRequest,
) (*tfprotov6.ValidateProviderConfigResponse, error) {
	return &tfprotov6.ValidateProviderConfigResponse{PreparedConfig: asked.Config}, nil
}

func (s server) ValidateResourceConfig(
	_ context.Context, asked *tfprotov6.ValidateResourceConfigRequest,
) (*tfprotov6.ValidateResourceConfigResponse, error) {
	said := warnings(s.schema.ResourceSchemas[asked.TypeName])
	return &tfprotov6.ValidateResourceConfigResponse{Diagnostics: said}, nil
}

func (s server) ValidateDataResourceConfig(
	_ context.Context, asked *tfprotov6.ValidateDataResourceConfigRequest,
) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	said := warnings(s.schema.DataSourceSchemas[asked.TypeName])
	return &tfprotov6.ValidateDataResourceConfigResponse{Diagnostics: said}, nil
}

// warnings are a provider's own words about a type that is going: who asks it does not look.
func warnings(told *tfprotov6.Schema) []*tfprotov6.Diagnostic {
	if told == nil || !told.Block.Deprecated {
		return nil
	}
	return []*tfprotov6.Diagnostic{{Severity: tfprotov6.DiagnosticSeverityWarning, Summary: "Deprecated Resource"}}
}

func (s server) ValidateEphemeralResourceConfig(
	context.Context, *tfprotov6.ValidateEphemeralResourceConfigRequest,
) (*tfprotov6.ValidateEphemeralResourceConfigResponse, error) {
	return &tfprotov6.ValidateEphemeralResourceConfigResponse{}, nil
}

func (s server) StopProvider(
	context.Context, *tfprotov6.StopProviderRequest,
) (*tfprotov6.StopProviderResponse, error) {
	return &tfprotov6.StopProviderResponse{}, nil
}

func main() {
	program, err := os.Executable()
	if err != nil {
		log.Fatal(err)
	}
	wanted := strings.Fields(os.Getenv("PROVIDER_TYPES"))
	schema, name, err := read(filepath.Join(filepath.Dir(program), "schema.json"), wanted)
	if err != nil {
		log.Fatal(err)
	}
	err = tf6server.Serve(name, func() tfprotov6.ProviderServer { return server{schema: schema} })
	if err != nil {
		log.Fatal(err)
	}
}
