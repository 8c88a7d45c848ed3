package main

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func get(t *testing.T, greeting, path string) *httptest.ResponseRecorder {
	t.Helper()
	answer := httptest.NewRecorder()
	routes(greeting).ServeHTTP(answer, httptest.NewRequest(http.MethodGet, path, nil))
	return answer
}

func TestItGreetsAsItIsTold(t *testing.T) {
	for greeting, want := range map[string]string{
		"":        "Hello from scaffolded-application unknown\n",
		"Bonjour": "Bonjour from scaffolded-application unknown\n",
	} {
		if got := get(t, greeting, "/").Body.String(); got != want {
			t.Errorf("greeting %q: got %q, want %q", greeting, got, want)
		}
	}
}

func TestItSaysThatItIsUp(t *testing.T) {
	if got := get(t, "", "/healthz").Code; got != http.StatusNoContent {
		t.Errorf("got %d", got)
	}
}

func TestItKnowsNoOtherPath(t *testing.T) {
	if got := get(t, "", "/other").Code; got != http.StatusNotFound {
		t.Errorf("got %d", got)
	}
}
