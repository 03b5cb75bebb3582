package web

// docs/openapi.json made from the routes themselves, so that it cannot lag behind.

import (
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"yipanqi/internal/auth"
	"yipanqi/internal/errs"
)

// Spec describes every route as OpenAPI 3.1. It is made from the route table, so it cannot lag behind.
func (m *Mux) Spec(version string) *huma.OpenAPI {
	api := &huma.OpenAPI{
		OpenAPI: "3.1.0",
		Info: &huma.Info{Title: "Yipanqi 一盘棋", Version: version,
			Description: "Every page is also an API: ask with Accept: application/json (or ?format=json), or text/csv where a table is shown. " +
				"POST /tokens gives a bearer token. What you may not see answers 404."},
		Paths: map[string]*huma.PathItem{},
		Components: &huma.Components{
			Schemas:         huma.NewMapRegistry("#/components/schemas/", schemaName),
			SecuritySchemes: map[string]*huma.SecurityScheme{"token": {Type: "http", Scheme: "bearer"}},
		},
	}
	for _, r := range m.Routes() {
		path := strings.ReplaceAll(r.Path, "...}", "}")
		path = strings.ReplaceAll(path, "{$}", "")
		item := api.Paths[path]
		if item == nil {
			item = &huma.PathItem{}
			api.Paths[path] = item
		}
		op := operation(api, r)
		switch r.Method {
		case "GET":
			item.Get = op
		case "POST":
			item.Post = op
		}
	}
	return api
}

func operation(api *huma.OpenAPI, r Route) *huma.Operation {
	op := &huma.Operation{
		OperationID: operationID(r),
		Summary:     r.Verb,
		Responses:   map[string]*huma.Response{"200": response(api, r), "default": problemResponse},
	}
	if r.Verb != Public {
		op.Security = []map[string][]string{{"token": {}}}
	}
	inPath := pathNames(r.Path)
	for i := range r.In.NumField() {
		field := r.In.Field(i)
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name == "" || name == "-" || !field.IsExported() {
			continue
		}
		where := "query"
		if slices.Contains(inPath, name) {
			where = "path"
		} else if r.Writes {
			continue // in the body
		}
		op.Parameters = append(op.Parameters, &huma.Param{Name: name, In: where, Required: where == "path",
			Schema: api.Components.Schemas.Schema(field.Type, true, name)})
	}
	if r.Writes && r.In.NumField() > 0 {
		media, schema := "application/json", api.Components.Schemas.Schema(r.In, true, schemaName(r.In, ""))
		if acceptsUpload(r.In) {
			media, schema = "multipart/form-data", &huma.Schema{Type: "object"}
		}
		op.RequestBody = &huma.RequestBody{Content: map[string]*huma.MediaType{media: {Schema: schema}}}
	}
	return op
}

var problemResponse = &huma.Response{
	Description: "401 not signed in, 403 may not, 404 missing or not visible, 409 changed meanwhile, 422 refused",
	Content: map[string]*huma.MediaType{"application/json": {Schema: &huma.Schema{Type: "object",
		Properties: map[string]*huma.Schema{
			"error":  {Type: "string"},
			"status": {Type: "integer"},
			"fields": {Type: "object", AdditionalProperties: &huma.Schema{Type: "string"}},
		}}}},
}

func response(api *huma.OpenAPI, r Route) *huma.Response {
	content := map[string]*huma.MediaType{}
	switch r.Out {
	case reflect.TypeFor[File]():
		content["application/octet-stream"] = &huma.MediaType{Schema: &huma.Schema{Type: "string", Format: "binary"}}
	case reflect.TypeFor[Redirect]():
		content["application/json"] = &huma.MediaType{Schema: &huma.Schema{Type: "object"}}
	default:
		content["application/json"] = &huma.MediaType{Schema: api.Components.Schemas.Schema(r.Out,
			true, schemaName(r.Out, ""))}
	}
	if r.Page {
		content["text/html"] = &huma.MediaType{Schema: &huma.Schema{Type: "string"}}
	}
	if r.Out.Implements(isTabled) {
		content["text/csv"] = &huma.MediaType{Schema: &huma.Schema{Type: "string"}}
		content[xlsxType] = &huma.MediaType{Schema: &huma.Schema{Type: "string", Format: "binary"}}
	}
	return &huma.Response{Description: "done", Content: content}
}

// schemaName is package and type, because every module has a listData of its own.
func schemaName(t reflect.Type, hint string) string {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Name() == "" {
		return strings.ReplaceAll(hint, "/", ".")
	}
	pkg := t.PkgPath()[strings.LastIndex(t.PkgPath(), "/")+1:]
	return pkg + "." + t.Name()
}

var pathName = regexp.MustCompile(`\{([a-z_]+)`)

func pathNames(path string) (names []string) {
	for _, found := range pathName.FindAllStringSubmatch(path, -1) {
		names = append(names, found[1])
	}
	return names
}

func operationID(r Route) string {
	words := strings.FieldsFunc(strings.ToLower(r.Method)+r.Path,
		func(c rune) bool { return !('a' <= c && c <= 'z' || '0' <= c && c <= '9') })
	return strings.Join(words, "-")
}

// Matrix is the table route × role as text, one line a route: who may do what. Kept golden by a test.
func (m *Mux) Matrix() string {
	var b strings.Builder
	for _, r := range m.Routes() {
		var who []string
		for _, role := range auth.Roles() {
			if auth.RoleCan(role, r.Verb) {
				who = append(who, role)
			}
		}
		if r.Verb == Public {
			who = []string{"everybody"}
		}
		b.WriteString(strings.TrimSpace(strings.Join([]string{r.Method, r.Path, "[" + r.Verb + "]",
			strings.Join(who, " ")}, " ")) + "\n")
	}
	return b.String()
}

// allowed are the methods by which the address of the request is served, if not by its own.
func (m *Mux) allowed(hr *http.Request) (methods []string) {
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		other := hr.Clone(hr.Context())
		other.Method = method
		if _, pattern := m.mux.Handler(other); pattern != "/" && pattern != "" && method != hr.Method {
			methods = append(methods, method)
		}
	}
	return methods
}

// Finish adds what belongs to the site as a whole once all modules have added their routes: its description, and an
// answer to addresses that do not exist.
func (m *Mux) Finish(version string) {
	var spec *huma.OpenAPI
	View(m, "GET /openapi.json", Public, func(*Request, struct{}) (*huma.OpenAPI, error) { return spec, nil }, nil)
	spec = m.Spec(version)
	m.serve("/", func(x *exchange) {
		if allowed := m.allowed(x.http); len(allowed) > 0 {
			if err := x.view(Public, func(*Request) error { return nil }); err != nil {
				x.fail(err)
				return
			}
			x.w.Header().Set("Allow", strings.Join(allowed, ", "))
			x.problem(http.StatusMethodNotAllowed, x.say("这个网址不能这样打开。请回到刚才的页面，用页面上的按钮操作。"), nil)
			return
		}
		x.fail(x.view(Public, func(*Request) error {
			return errs.Missingf("没有这个页面。请检查网址，或从导航进入。")
		}))
	})
}
