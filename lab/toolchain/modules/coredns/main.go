// Command coredns is CoreDNS with only the plugins that the lab's Corefile names.
package main

import (
	_ "github.com/coredns/coredns/plugin/cache"
	_ "github.com/coredns/coredns/plugin/errors"
	_ "github.com/coredns/coredns/plugin/forward"
	_ "github.com/coredns/coredns/plugin/kubernetes"
	_ "github.com/coredns/coredns/plugin/ready"

	"github.com/coredns/coredns/core/dnsserver"
	"github.com/coredns/coredns/coremain"

	_ "github.com/coredns/caddy/onevent"
)

// CoreDNS refuses a Corefile directive that is not compiled in; the order here is the order of the chain.
func init() {
	dnsserver.Directives = []string{"ready", "errors", "cache", "kubernetes", "forward", "on"}
}

func main() {
	coremain.Run()
}
