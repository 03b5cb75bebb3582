package web

// docs/openapi.json made from the routes themselves, so that it cannot lag behind.

import (
	"encoding"
	"encoding/json"
	"maps"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"yipanqi/internal/auth"
	"yipanqi/internal/errs"
	"yipanqi/internal/web/part"
)

// Spec describes every route as OpenAPI 3.1. It is made from the route table, so it cannot lag behind.
func (m *Mux) Spec(version string) *huma.OpenAPI {
	api := &huma.OpenAPI{
		OpenAPI: "3.1.0",
		Info: &huma.Info{Title: "Yipanqi 一盘棋", Version: version,
			Description: "Every page is also an API: ask with Accept: application/json (or ?format=json), or text/csv " +
				"(?format=csv, ?format=xlsx) where a table is shown. POST /tokens gives a bearer token. What you may " +
				"not see answers 404. Messages are in the reader's language."},
		Paths: map[string]*huma.PathItem{},
		Components: &huma.Components{
			Schemas:         huma.NewMapRegistry("#/components/schemas/", schemaName),
			SecuritySchemes: map[string]*huma.SecurityScheme{"token": {Type: "http", Scheme: "bearer"}},
		},
	}
	api.Components.Responses = responses(api)
	seen := map[reflect.Type]bool{}
	for _, r := range m.Routes() {
		learn(api.Components.Schemas, answerOf(r.Out), seen)
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
		Summary:     sentence(part.In("en", r.Words)),
		Description: "Needs the right " + r.Verb + ".",
		Tags:        []string{strings.Split(strings.Trim(r.Path, "/{$}")+"/", "/")[0]},
		Responses:   refusals(r),
		Extensions:  map[string]any{"x-summary-zh": r.Words},
	}
	op.Responses["200"] = response(api, r)
	if r.Method == http.MethodGet {
		op.Responses["304"] = &huma.Response{Ref: "#/components/responses/" + unchangedName}
	}
	if r.Out.Implements(isDone) {
		op.Responses["303"] = &huma.Response{Description: "A browser is sent on."}
	} else if r.Verb != Public && r.Method == http.MethodGet {
		op.Responses["303"] = &huma.Response{Description: "A browser is sent to the sign-in page."}
	}
	if r.Verb == Public {
		op.Description = "Open to everybody."
	} else {
		op.Security = []map[string][]string{{"token": {}}}
	}
	if r.Method != http.MethodGet {
		op.RequestBody = body(api, r)
	}
	inPath := pathNames(r.Path)
	for _, f := range flat(r.In) {
		name := jsonName(f)
		where := "query"
		if slices.Contains(inPath, name) {
			where = "path"
		} else if name == "" || r.Method != http.MethodGet {
			continue // in the body
		}
		schema := field(api, f, name)
		about := schema.Description
		schema.Description = ""
		op.Parameters = append(op.Parameters, &huma.Param{Name: name, In: where, Required: where == "path",
			Description: about, Schema: schema})
	}
	if r.AsOf {
		op.Parameters = append(op.Parameters, &huma.Param{Name: asOfName, In: "query",
			Description: "The answer as it was at the end of an earlier day, 2018-10-31, in Chinese time.",
			Schema:      &huma.Schema{Type: "string", Format: "date"}})
	}
	return op
}

// sentence begins with a capital: the same words stand in the middle of a list of rights.
func sentence(words string) string { return strings.ToUpper(words[:1]) + words[1:] }

var isDone = reflect.TypeFor[done]()

// answerOf is the type that a program is answered with: of a step taken, what it is told of it.
func answerOf(out reflect.Type) reflect.Type {
	if out.Implements(isDone) {
		data, _ := out.FieldByName("Data")
		return data.Type
	}
	return out
}

func response(api *huma.OpenAPI, r Route) *huma.Response {
	content, out := map[string]*huma.MediaType{}, answerOf(r.Out)
	switch out {
	case reflect.TypeFor[File]():
		content["*/*"] = &huma.MediaType{Schema: &huma.Schema{Type: "string", Format: "binary"}}
	case reflect.TypeFor[*huma.OpenAPI](), reflect.TypeFor[struct{}](): // OpenAPI's own, and pages without data
		content["application/json"] = &huma.MediaType{Schema: &huma.Schema{Type: "object"}}
	default:
		content["application/json"] = &huma.MediaType{Schema: api.Components.Schemas.Schema(out,
			true, schemaName(out, ""))}
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

// learn tells the registry how types write themselves that do not leave it to encoding/json: as text, or as what their
// method Plain returns.
func learn(registry huma.Registry, t reflect.Type, seen map[reflect.Type]bool) {
	if seen[t] || t == reflect.TypeFor[time.Time]() || t == reflect.TypeFor[huma.OpenAPI]() {
		return
	}
	seen[t] = true
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		learn(registry, t.Elem(), seen)
		return
	}
	if t.Implements(reflect.TypeFor[encoding.TextMarshaler]()) {
		registry.RegisterTypeAlias(t, reflect.TypeFor[string]())
		return
	}
	if t.Implements(reflect.TypeFor[json.Marshaler]()) {
		plain, ok := t.MethodByName("Plain")
		if !ok {
			panic(t.String() + " writes JSON of its own: what its method Plain returns describes it")
		}
		registry.RegisterTypeAlias(t, plain.Type.Out(0))
		t = plain.Type.Out(0)
	}
	if t.Kind() != reflect.Struct {
		return
	}
	for i := range t.NumField() {
		if f := t.Field(i); jsonName(f) != "" || f.Anonymous {
			learn(registry, f.Type, seen)
		}
	}
	for i := range t.NumField() {
		if f := t.Field(i); f.Anonymous && !f.IsExported() && f.Type.Kind() == reflect.Struct {
			embed(registry.Schema(t, false, schemaName(t, "")), registry.Schema(f.Type, false, schemaName(f.Type, "")))
		}
	}
}

// embed gives outer the fields of what it embeds under a name of its package's own, which the registry passes over.
func embed(outer, inner *huma.Schema) {
	for _, name := range slices.Sorted(maps.Keys(inner.Properties)) {
		if outer.Properties[name] == nil {
			if outer.Properties == nil {
				outer.Properties = map[string]*huma.Schema{}
			}
			outer.Properties[name] = inner.Properties[name]
			if slices.Contains(inner.Required, name) {
				outer.Required = append(outer.Required, name)
			}
		}
	}
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
	spec := sync.OnceValues(func() (json.RawMessage, error) { return m.Spec(version).MarshalJSON() }) // 1.4 MB
	View(m, "GET /openapi.json 取本接口的说明", Public,
		func(*Request, struct{}) (json.RawMessage, error) { return spec() }, nil)
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
