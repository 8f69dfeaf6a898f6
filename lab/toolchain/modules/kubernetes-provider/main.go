// The Kubernetes provider of Pulumi as its authors serve it, to compare the lab's stand-in with.
//
// Its own main package embeds files that are generated when it is released, and so are not in the module; what they are
// generated from is, and is laid beside this file before it is compiled. The program reads the schema for imports.
package main

import (
	_ "embed"

	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/provider"
	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version"
)

//go:embed schema.json
var schema []byte

//go:embed terraform-mapping.json
var mapping []byte

func main() {
	provider.Serve("kubernetes", version.Version, schema, mapping)
}
