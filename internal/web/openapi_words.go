package web

// What docs/openapi.json says in words of inputs and of errors. How routes become operations is openapi.go's.

import (
	"cmp"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"yipanqi/internal/errs"
	"yipanqi/internal/say"
	"yipanqi/internal/web/part"
)

// inputs says what a field of an input is. A name means the same in all routes; a field that differs has a tag doc.
var inputs = map[string]string{
	"id":           "Identifier of the thing that the address names.",
	"code":         "Code of the thing that the address names, as in the imported files.",
	"person":       "Identifier of a person, as in GET /users.",
	"post":         "Identifier of one of the person's posts.",
	"file":         "SM3 digest of an attachment, as hexadecimal digits; in a body, the file itself.",
	"digest":       "SM3 digest, as hexadecimal digits, of exactly what was read: it refuses what changed meanwhile.",
	"installation": "Name of an installation, as its checkpoints say it.",

	"area":      "Code of an area; by default one that the reader belongs to, or the whole city.",
	"unit":      "Code of a unit.",
	"plan":      "Code of a plan.",
	"form":      "Code of a statistical form.",
	"indicator": "Code of an indicator.",
	"period":    "Code of a period: 2018, 2018-H1, 2018-Q3 or 2018-07.",
	"year":      "Calendar year that is judged or shown; by default the newest with data, or this one.",
	"category":  "Code of one category of a list, such as a type of school; empty: the whole.",
	"sex":       "1 male, 2 female, 0 unknown, 9 not stated, _T all together.",
	"state":     "State of a report.",
	"lamp":      "Verdict on an indicator.",
	"role":      "Code of a role, as in docs/access.txt.",
	"q":         "Words to look for in names and codes.",
	"field":     "Key of the cell that the file proves; empty: the whole.",
	"note":      "What the file is, in a line.",
	"scan":      "A scan or picture of a paper.",
	"photo":     "A photo, JPEG or PNG; where it was taken is removed.",
	"place":     "Keep what a photo says of itself, the place where it was taken among it.",
	"replaces":  "Id of the file that this one stands for from now on.",
	"kind":      "One kind of thing only, as the page offers them.",
	"page":      "Page of the list, from 1; files hold all of it.",
	"sort":      "Column that the list is sorted by, as its head's link says it; behind a minus downwards.",

	"actor":  "Identifier of a person, or the name of a program, whose entries are wanted.",
	"verb":   "What was done, such as submission.accept.",
	"object": "What it was done to, such as submission/ and its identifier.",
	"from":   "First day wanted, such as 2018-12-31.",
	"to":     "Last day wanted, such as 2018-12-31.",
	"before": "Only entries before this number: the number of the last one seen.",

	"version": "How often the thing had been changed when it was read; refused if it has changed since.",
	"reason":  "Why, for those concerned and for the journal.",
	"check":   "Also name cells that are still empty.",
	"cells":   "What is typed in each cell, by row.column.",
	"was":     "What stood in the cells when they were read; others' changes to other cells are kept.",
	"notes":   "Remarks, by cell.",
	"confirm": "Version for which it was agreed to overwrite cells.",
	"next":    "Page to go on to.",
	"sm3":     "SM3 digest that the receipt shows.",

	"name":     "Name of a person, of a file or of a text; at the door, the login.",
	"login":    "Name to sign in with.",
	"password": "Password of the account.",
	"current":  "Password until now.",
	"phrase":   "Signing phrase, which unlocks the signing key.",
	"again":    "The new one once more.",
	"another":  "yes: it is somebody else than those who have this name.",
	"lang":     "zh or en.",

	"text":     "The text whose figures are checked.",
	"verdict":  "Only figures with this verdict; by default all.",
	"lacks":    "Only figures that were not judged for want of this; by default all.",
	"start":    "Place of a figure in the text: number of letters before it.",
	"edit":     "The figure at start is being corrected.",
	"others":   "Also list dates, ordinals and names.",
	"all":      "Also comment on figures that are not known.",
	"none":     "The figure is about no indicator.",
	"remember": "Use this area for later texts of the unit too.",
	"forget":   "The unit has no usual area any more.",

	"schema": "Kind of the checkpoint.", "public_key": "Key that the checkpoint is signed with.",
	"seq": "Number of the last sealed entry.", "hash": "Chain value of that entry.",
	"definitions": "Digest of the definitions.", "at": "When it was made.",
	"baseline": "The journal begins anew here.", "signature": "SM2 signature of the checkpoint.",

	"body":         "Code of a committee, assessment committee or joint conference.",
	"basis":        "Document that something rests on, with its number.",
	"effective_on": "First day on which an adjustment holds, such as 2024-03-31.",
	"add":          "Kind of line that is added.",
	"seat":         "Seat in a body.",
	"short_name":   "Short name in Chinese.",
	"name_en":      "Name in English.",
	"clause":       "Clause of the breakdown that gives a duty.",
	"takes":        "Kinds of open work that the one new unit takes over; none: all.",
	"line":         "Number of a line, from 1.",
	"units":        "Units that take over, by kind of work, or by kind and thing with a blank between; ? is nobody yet, empty takes back.",
	"for":          "Who gave an approval on paper.",
	"outgoing":     "Who leaves the post; empty: whoever holds it.",
	"room":         "Office room.",
	"phone":        "Office phone.",
	"changed_on":   "First day of the successor, such as 2024-03-01.",
	"same":         "Identifier of the person who is meant, among several of the name.",
	"new":          "The successor is none of the known people of the name.",
	"both":         "The successor is to be liaison of two units.",
	"day":          "As of which day, such as 2018-12-31; today if empty.",
	"gap":          "Only members that lack this.",
	"in_force_on":  "First day on which a version of a rule holds.",
	"rule":         "Code of a rule.",
	"title":        "Title.",
}

// field describes one field of an input.
func field(api *huma.OpenAPI, f reflect.StructField, name string) *huma.Schema {
	schema := &huma.Schema{Type: "string", Format: "binary"}
	if f.Type != uploadType {
		schema = huma.SchemaFromField(api.Components.Schemas, f, name)
	}
	if schema.Description == "" {
		schema.Description = cmp.Or(f.Tag.Get("doc"), inputs[name])
	}
	return schema
}

// body describes what a request sends. Nothing else is accepted; of what is left out, only the version is missed.
func body(api *huma.OpenAPI, r Route) *huma.RequestBody {
	schema := &huma.Schema{Type: "object", Properties: map[string]*huma.Schema{}, AdditionalProperties: false}
	inPath, media := pathNames(r.Path), []string{"application/json", "application/x-www-form-urlencoded"}
	if acceptsUpload(r.In) {
		media = []string{"multipart/form-data"}
	}
	for _, f := range flat(r.In) {
		name := jsonName(f)
		if name == "" || slices.Contains(inPath, name) {
			continue
		}
		schema.Properties[name] = field(api, f, name)
		if name == "version" {
			schema.Required = []string{name}
		}
	}
	if len(schema.Properties) == 0 {
		return nil
	}
	api.Components.Schemas.Map()[schemaName(r.In, "")] = schema
	content := map[string]*huma.MediaType{}
	for _, m := range media {
		content[m] = &huma.MediaType{Schema: &huma.Schema{
			Ref: "#/components/schemas/" + schemaName(r.In, "")}}
	}
	return &huma.RequestBody{Content: content}
}

func jsonName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	if name == "-" || !f.IsExported() {
		return ""
	}
	return name
}

// problem is a kind of error as the document describes it.
type problem struct {
	name, about string
	example     Problem
}

// problems are all kinds, by status.
func problems() map[int]problem {
	en := func(zh say.Key, args ...any) string { return part.In("en", zh, args...) }
	return map[int]problem{
		http.StatusUnauthorized: {"SignIn", "Nobody is signed in, or the session or token has ended. " +
			"Browsers that read are sent to the sign-in page.", Problem{Error: en("请先登录。您输入的内容没有保存，请登录后返回重新提交。")}},
		int(errs.Denied): {"Denied", "The user's posts do not allow this.", Problem{
			Error: en("您的岗位没有这项权限。如确需办理，请联系本单位联络员或妇儿工委办。")}},
		int(errs.Missing): {"Missing", "It does not exist, or it is not for this user to know that it does.",
			Problem{Error: en("没有这个页面。请检查网址，或从导航进入。")}},
		http.StatusNotAcceptable: {"NoTable", "This answer has no table that could be saved as CSV or xlsx.",
			Problem{Error: en("这一页没有表格，不能存为 CSV 或 Excel。")}},
		int(errs.Conflict): {"Conflict", "Somebody or something was faster, or the step cannot be taken now: read it again, then " +
			"decide. Nothing was changed.", Problem{Error: en("这条记录刚刚被别人改过。请刷新页面，核对后再操作；您输入的内容仍在本页。")}},
		int(errs.Invalid): {"Invalid", "The input must change. fields says what is wrong, by field; unknown fields and " +
			"parameters are named there too. Nothing was changed.", Problem{Error: en(badInput), Fields: map[string]string{
			"version": en("缺少 version：先读取这项内容，再带上读到的 version 提交。")}}},
		int(errs.Internal): {"Internal", "An error of the program. It was logged.", Problem{Error: en(failed)}},
		int(errs.Often): {"Often", "This machine tries too often. Nothing was done; try again after the seconds that " +
			"Retry-After says.", Problem{Error: en("这台计算机一分钟里试的次数太多，这次没有办。请等一分钟再试。")}},
		int(errs.Busy): {"Busy", "The database cannot do it now. Nothing was changed; try again after the seconds that " +
			"Retry-After says.", Problem{Error: en("数据库正忙或被占用，这次没有办成，什么也没有改动。请过一会儿再试。")}},
	}
}

const unchangedName = "Unchanged"

// responses are the components that operations refer to.
func responses(api *huma.OpenAPI) map[string]*huma.Response {
	all := map[string]*huma.Response{unchangedName: {Description: "What the ETag in If-None-Match stands for still " +
		"holds for this user. Send the newest ETag next time.", Headers: map[string]*huma.Param{"ETag": {
		Schema: &huma.Schema{Type: "string"}}}}}
	schema := api.Components.Schemas.Schema(reflect.TypeFor[Problem](), true, "")
	for status, p := range problems() {
		p.example.Status = status
		r := &huma.Response{Description: p.about, Content: map[string]*huma.MediaType{
			"application/json": {Schema: schema, Example: p.example},
			"text/html":        {Schema: &huma.Schema{Type: "string"}}}}
		if status == int(errs.Busy) || status == int(errs.Often) {
			r.Headers = map[string]*huma.Param{"Retry-After": {Description: "seconds",
				Schema: &huma.Schema{Type: "integer"}}}
		}
		all[p.name] = r
	}
	return all
}

// Limited says whether a machine may ask that only so many times: where it could guess, and where nobody signs in.
func Limited(method, path string) bool {
	return method == http.MethodPost && slices.Contains([]string{"/signin", "/tokens", "/receipt", "/witness"}, path) ||
		Directory(path)
}

// Directory says whether an address is one of the public directory.
func Directory(path string) bool {
	return path == "/directory" || strings.HasPrefix(path, "/directory/")
}

// opensForm says whether a page is the form of a step with something that may have gone on meanwhile: it is read with
// the right to take the step.
func opensForm(r Route) bool {
	return r.Verb != Public && strings.Contains(r.Path, "{") && !strings.HasSuffix(r.Verb, ".read")
}

// refusals are the errors that a route may answer with: what every route may, and what follows from its own line.
func refusals(r Route) map[string]*huma.Response {
	can := map[int]bool{int(errs.Invalid): true, int(errs.Internal): true, int(errs.Busy): true,
		http.StatusUnauthorized:  r.Verb != Public,
		int(errs.Denied):         r.Verb != Public || r.Method != http.MethodGet, // a page of another site may not post
		int(errs.Missing):        r.In.NumField() > 0,                            // what it names may be missing
		int(errs.Conflict):       r.Writes || opensForm(r),
		int(errs.Often):          Limited(r.Method, r.Path),
		http.StatusNotAcceptable: r.Method == http.MethodGet && !r.Out.Implements(isTabled)}
	kinds, refs := problems(), map[string]*huma.Response{}
	for _, status := range slices.Sorted(maps.Keys(can)) {
		if can[status] {
			refs[strconv.Itoa(status)] = &huma.Response{Ref: "#/components/responses/" + kinds[status].name}
		}
	}
	return refs
}
