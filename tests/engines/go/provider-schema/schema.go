package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// document is what `providers schema -json` prints.
type document struct {
	Providers map[string]provider `json:"provider_schemas"`
}

type provider struct {
	Config    schema            `json:"provider"`
	Resources map[string]schema `json:"resource_schemas"`
	Data      map[string]schema `json:"data_source_schemas"`
	Ephemeral map[string]schema `json:"ephemeral_resource_schemas"`
}

type schema struct {
	Version int64 `json:"version"`
	Block   block `json:"block"`
}

type block struct {
	Attributes map[string]attribute `json:"attributes"`
	Blocks     map[string]nested    `json:"block_types"`
}

type attribute struct {
	Type      json.RawMessage `json:"type"`
	Nested    *object         `json:"nested_type"`
	Required  bool            `json:"required"`
	Optional  bool            `json:"optional"`
	Computed  bool            `json:"computed"`
	Sensitive bool            `json:"sensitive"`
	WriteOnly bool            `json:"write_only"`
}

type object struct {
	Attributes map[string]attribute `json:"attributes"`
	Mode       string               `json:"nesting_mode"`
}

type nested struct {
	Block block  `json:"block"`
	Mode  string `json:"nesting_mode"`
	Min   int64  `json:"min_items"`
	Max   int64  `json:"max_items"`
}

var objectModes = map[string]tfprotov6.SchemaObjectNestingMode{
	"single": tfprotov6.SchemaObjectNestingModeSingle,
	"list":   tfprotov6.SchemaObjectNestingModeList,
	"set":    tfprotov6.SchemaObjectNestingModeSet,
	"map":    tfprotov6.SchemaObjectNestingModeMap,
}

var blockModes = map[string]tfprotov6.SchemaNestedBlockNestingMode{
	"single": tfprotov6.SchemaNestedBlockNestingModeSingle,
	"group":  tfprotov6.SchemaNestedBlockNestingModeGroup,
	"list":   tfprotov6.SchemaNestedBlockNestingModeList,
	"set":    tfprotov6.SchemaNestedBlockNestingModeSet,
	"map":    tfprotov6.SchemaNestedBlockNestingModeMap,
}

// read gives the schema of the one provider in a file, and the provider's name.
func read(path string) (*tfprotov6.GetProviderSchemaResponse, string, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, "", err
	}
	var found document
	if err := json.Unmarshal(content, &found); err != nil {
		return nil, "", fmt.Errorf("%s: %w", path, err)
	}
	if len(found.Providers) != 1 {
		return nil, "", fmt.Errorf("%s: %d providers, where one is expected", path, len(found.Providers))
	}
	for name, one := range found.Providers {
		told, err := one.tell()
		return told, name, err
	}
	panic("unreachable")
}

func (p provider) tell() (*tfprotov6.GetProviderSchemaResponse, error) {
	config, err := p.Config.tell()
	if err != nil {
		return nil, err
	}
	told := &tfprotov6.GetProviderSchemaResponse{Provider: config}
	if told.ResourceSchemas, err = all(p.Resources); err != nil {
		return nil, err
	}
	if told.DataSourceSchemas, err = all(p.Data); err != nil {
		return nil, err
	}
	told.EphemeralResourceSchemas, err = all(p.Ephemeral)
	return told, err
}

func all(schemas map[string]schema) (map[string]*tfprotov6.Schema, error) {
	told := map[string]*tfprotov6.Schema{}
	for name, one := range schemas {
		schema, err := one.tell()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		told[name] = schema
	}
	return told, nil
}

func (s schema) tell() (*tfprotov6.Schema, error) {
	inner, err := s.Block.tell()
	return &tfprotov6.Schema{Version: s.Version, Block: inner}, err
}

func (b block) tell() (*tfprotov6.SchemaBlock, error) {
	attributes, err := attributesOf(b.Attributes)
	if err != nil {
		return nil, err
	}
	told := &tfprotov6.SchemaBlock{Attributes: attributes}
	for name, one := range b.Blocks {
		inner, err := one.Block.tell()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		told.BlockTypes = append(told.BlockTypes, &tfprotov6.SchemaNestedBlock{
			TypeName: name, Block: inner, Nesting: blockModes[one.Mode], MinItems: one.Min, MaxItems: one.Max,
		})
	}
	return told, nil
}

func attributesOf(attributes map[string]attribute) ([]*tfprotov6.SchemaAttribute, error) {
	told := []*tfprotov6.SchemaAttribute{}
	for name, one := range attributes {
		attribute := &tfprotov6.SchemaAttribute{
			Name: name, Required: one.Required, Optional: one.Optional, Computed: one.Computed,
			Sensitive: one.Sensitive, WriteOnly: one.WriteOnly,
		}
		if err := one.shape(attribute); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		told = append(told, attribute)
	}
	return told, nil
}

// shape fills in what an attribute may hold: a type, or attributes of its own.
func (a attribute) shape(told *tfprotov6.SchemaAttribute) (err error) {
	if a.Nested == nil {
		told.Type, err = tftypes.ParseJSONType(a.Type) //nolint:staticcheck // the one way from the printed form
		return err
	}
	inner, err := attributesOf(a.Nested.Attributes)
	told.NestedType = &tfprotov6.SchemaObject{Attributes: inner, Nesting: objectModes[a.Nested.Mode]}
	return err
}
