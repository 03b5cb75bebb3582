package exchange

// YAML files read into known fields only, with mistakes by line; the language of forms is form's.

import (
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"yipanqi/internal/say"
	"yipanqi/internal/table"
)

var yamlLine = regexp.MustCompile(`line (\d+)`)

// readYAML reads a text into a struct whose fields are all it may hold.
func readYAML(file, body string, into any) *table.Problem {
	decoder := yaml.NewDecoder(strings.NewReader(body))
	decoder.KnownFields(true)
	err := decoder.Decode(into)
	if err == nil {
		return nil
	}
	p := table.Problem{File: file, Reason: say.New("不是正确的YAML：请检查缩进（用空格，不用制表符）、冒号后的空格和引号")}
	if found := yamlLine.FindStringSubmatch(err.Error()); found != nil {
		p.Line, _ = strconv.Atoi(found[1]) // digits
	}
	if _, ok := errors.AsType[*yaml.TypeError](err); ok {
		p.Reason = say.New("这里有不认识的名称，或者值的写法不对")
	} else if err == io.EOF {
		p.Reason = say.New("文件是空的")
	}
	return &p
}
