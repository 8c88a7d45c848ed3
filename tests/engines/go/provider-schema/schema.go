package main

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// document is what `providers schema -json` prints.
type document struct {
	Providers map[string]provider `json:"provider_schemas"`
}

// provider leaves what it tells of each type unread until somebody wants it: the giants have thousands.
type provider struct {
	Config    schema                     `json:"provider"`
	Resources map[string]json.RawMessage `json:"resource_schemas"`
	Data      map[string]json.RawMessage `json:"data_source_schemas"`
	Ephemeral map[string]json.RawMessage `json:"ephemeral_resource_schemas"`
}

type schema struct {
	Version int64 `json:"version"`
	Block   block `json:"block"`
}

type block struct {
	Attributes map[string]attribute `json:"attributes"`
	Blocks     map[string]nested    `json:"block_types"`
	Deprecated bool                 `json:"deprecated"`
}

type attribute struct {
	Type       json.RawMessage `json:"type"`
	Nested     *object         `json:"nested_type"`
	Required   bool            `json:"required"`
	Optional   bool            `json:"optional"`
	Computed   bool            `json:"computed"`
	Sensitive  bool            `json:"sensitive"`
	WriteOnly  bool            `json:"write_only"`
	Deprecated bool            `json:"deprecated"`
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

// read gives the schema of the one provider in a file, and the provider's name. Only the wanted types are told, and every
// type when none is named: to whom asks for no other, a type that is left out and one that does not exist are the same.
func read(path string, wanted []string) (*tfprotov6.GetProviderSchemaResponse, string, error) {
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
		told, err := one.tell(wanted)
		return told, name, err
	}
	panic("unreachable")
}

func (p provider) tell(wanted []string) (*tfprotov6.GetProviderSchemaResponse, error) {
	config, err := p.Config.tell()
	if err != nil {
		return nil, err
	}
	told := &tfprotov6.GetProviderSchemaResponse{Provider: config}
	if told.ResourceSchemas, err = all(p.Resources, wanted); err != nil {
		return nil, err
	}
	if told.DataSourceSchemas, err = all(p.Data, wanted); err != nil {
		return nil, err
	}
	told.EphemeralResourceSchemas, err = all(p.Ephemeral, wanted)
	return told, err
}

func all(schemas map[string]json.RawMessage, wanted []string) (map[string]*tfprotov6.Schema, error) {
	told := map[string]*tfprotov6.Schema{}
	for name, content := range schemas {
		if len(wanted) > 0 && !slices.Contains(wanted, name) {
			continue
		}
		var one schema
		if err := json.Unmarshal(content, &one); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
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
	told := &tfprotov6.SchemaBlock{Attributes: attributes, Deprecated: b.Deprecated}
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
			Sensitive: one.Sensitive, WriteOnly: one.WriteOnly, Deprecated: one.Deprecated,
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
