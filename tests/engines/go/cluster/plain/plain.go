// Package gziphandler stands in for the module of that name, which packs what an HTTP server answers: what never leaves
// this machine need not be packed, and to pack the API's description was a quarter of what the API server did.
package gziphandler

import "net/http"

// GzipHandler leaves a handler as it is.
func GzipHandler(handler http.Handler) http.Handler {
	return handler
}
