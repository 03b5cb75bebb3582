package definition

// Definitions written as files that Read takes back: the same keys in the same order, texts quoted where YAML would
// take them for something else.

import (
	"bytes"
	"strconv"

	"go.yaml.in/yaml/v3"
)

// Mapping is a part of a file in the order in which it is written; what is empty is left out.
type Mapping []Entry

// Entry is a key with a text, a number, yes or no, a Mapping, or a list of those.
type Entry struct {
	Key   string
	Value any // string, int, bool, Mapping or []Mapping
}

// Write is the file; mappings in a list stand on one line each.
func Write(m Mapping) ([]byte, error) {
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	err := e.Encode(m.node(0))
	if err == nil {
		err = e.Close()
	}
	return b.Bytes(), err
}

func (m Mapping) node(style yaml.Style) *Node {
	n := &Node{Kind: yaml.MappingNode, Tag: "!!map", Style: style}
	for _, entry := range m {
		if value := valueNode(entry.Value); value != nil {
			n.Content = append(n.Content, scalar("!!str", entry.Key), value)
		}
	}
	return n
}

func valueNode(value any) *Node {
	switch v := value.(type) {
	case string:
		if v != "" {
			return scalar("!!str", v)
		}
	case int:
		if v != 0 {
			return scalar("!!int", strconv.Itoa(v))
		}
	case bool:
		if v {
			return scalar("!!bool", "true")
		}
	case Mapping:
		if len(v) > 0 {
			return v.node(yaml.FlowStyle)
		}
	case []Mapping:
		if len(v) > 0 {
			n := &Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
			for _, one := range v {
				n.Content = append(n.Content, one.node(yaml.FlowStyle))
			}
			return n
		}
	}
	return nil
}

func scalar(tag, value string) *Node { return &Node{Kind: yaml.ScalarNode, Tag: tag, Value: value} }
