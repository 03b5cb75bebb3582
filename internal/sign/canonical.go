// Package sign makes text that can be signed (RFC 8785), signs and verifies it with SM2 and SM3, keeps
// private keys under a signing phrase, and certifies whose a public key is. It does not know what is
// signed, nor who may sign it.
package sign

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"yipanqi/internal/errs"
)

const (
	maxText  = 4 << 20 // bytes
	maxDepth = 32
	maxPath  = 400 // bytes; long keys above many leaves would otherwise take memory without end
)

// Canonical is v in the JSON Canonicalization Scheme (RFC 8785): a struct, a map, or JSON text as
// json.RawMessage. Leaves are strings and booleans. Numbers are refused, because RFC 8785 reads them as
// doubles, and so are null, duplicate keys, damaged text, more than 4 MiB, more than 32 levels and keys
// that with those above them exceed 400 bytes.
func Canonical(v any) ([]byte, error) {
	tree, err := parse(v)
	if err != nil {
		return nil, err
	}
	return appendValue(nil, tree), nil
}

// IsCanonical says whether text is the one way to write its content, so that its bytes can be compared.
func IsCanonical(text []byte) error {
	canonical, err := Canonical(json.RawMessage(text))
	if err != nil {
		return err
	}
	if !bytes.Equal(canonical, text) {
		return errs.Invalidf("文本不是规范写法（RFC 8785），在签名之后可能被改动过")
	}
	return nil
}

// parse turns v into map[string]any, []any, string and bool.
func parse(v any) (any, error) {
	text, ok := v.(json.RawMessage)
	if !ok {
		var err error
		if text, err = json.Marshal(v); err != nil {
			return nil, fmt.Errorf("canonical JSON: %w", err)
		}
	}
	if len(text) > maxText {
		return nil, errs.Invalidf("要签名的文本超过%d MB，请拆分后再签", maxText>>20)
	}
	if !json.Valid(text) {
		return nil, errs.Invalidf("文本不是完整的JSON")
	}
	return parseValue(&reader{text: text}, "", 0)
}

// reader walks through text that is valid JSON. encoding/json's own walker takes ten times as long, and every look at a
// version's proof goes through here.
type reader struct {
	text []byte
	at   int
}

// next is the byte with which the next value, or the end of what it is in, begins.
func (r *reader) next() byte {
	for strings.IndexByte(" \t\r\n,:", r.text[r.at]) >= 0 {
		r.at++
	}
	return r.text[r.at]
}

func (r *reader) string() (s string, err error) {
	start := r.at
	for r.at++; r.text[r.at] != '"'; r.at++ {
		if r.text[r.at] == '\\' {
			r.at++
		}
	}
	r.at++
	if inner := r.text[start+1 : r.at-1]; bytes.IndexByte(inner, '\\') < 0 && utf8.Valid(inner) {
		return string(inner), nil
	}
	err = json.Unmarshal(r.text[start:r.at], &s)
	return s, err
}

func parseValue(r *reader, path string, depth int) (any, error) {
	switch first := r.next(); first {
	case 't', 'f':
		r.at += len("true")
		if first == 'f' {
			r.at++
		}
		return first == 't', nil
	case '"':
		s, err := r.string()
		if err != nil {
			return nil, err
		}
		return s, checkText(s, path)
	case '{', '[':
		if depth == maxDepth {
			return nil, errs.Invalidf("文本的“%s”嵌套超过%d层", path, maxDepth)
		}
		r.at++
		if first == '{' {
			return parseObject(r, path, depth)
		}
		return parseArray(r, path, depth)
	}
	return nil, errs.Invalidf("文本的“%s”是数字或空值，只允许文字和真假值", path)
}

func parseObject(r *reader, path string, depth int) (any, error) {
	object := map[string]any{}
	for r.next() != '}' {
		key, err := r.string()
		if err != nil {
			return nil, err
		}
		at := memberPath(path, key)
		if len(at) > maxPath {
			return nil, errs.Invalidf("文本的“%.40s…”名称过长", at)
		}
		if err := checkText(key, at); err != nil {
			return nil, err
		}
		if _, twice := object[key]; twice {
			return nil, errs.Invalidf("文本的“%s”出现了两次", at)
		}
		if object[key], err = parseValue(r, at, depth+1); err != nil {
			return nil, err
		}
	}
	r.at++
	return object, nil
}

func parseArray(r *reader, path string, depth int) (any, error) {
	array := []any{}
	for r.next() != ']' {
		item, err := parseValue(r, itemPath(path, len(array)), depth+1)
		if err != nil {
			return nil, err
		}
		array = append(array, item)
	}
	r.at++
	return array, nil
}

// checkText refuses U+FFFD: encoding/json writes it, silently, for bytes that are not UTF-8 and for half
// a surrogate pair, and typed by a person it is damaged text as well.
func checkText(s, path string) error {
	if strings.ContainsRune(s, utf8.RuneError) {
		return errs.Invalidf("文本的“%s”含有损坏的字符（�），请改正", path)
	}
	return nil
}

func appendValue(b []byte, v any) []byte {
	switch v := v.(type) {
	case string:
		return appendString(b, v)
	case bool:
		return fmt.Append(b, v)
	case []any:
		b = append(b, '[')
		for i, item := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendValue(b, item)
		}
		return append(b, ']')
	}
	object := v.(map[string]any)
	b = append(b, '{')
	for i, key := range sortedKeys(object) {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendString(b, key), ':')
		b = appendValue(b, object[key])
	}
	return append(b, '}')
}

// sortedKeys sorts by UTF-16 code units (RFC 8785, 3.2.3); Go's own order is that of code points.
func sortedKeys(object map[string]any) []string {
	keys := make([]string, 0, len(object))
	for key := range object {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b string) int {
		if isASCII(a) && isASCII(b) {
			return strings.Compare(a, b)
		}
		return slices.Compare(utf16.Encode([]rune(a)), utf16.Encode([]rune(b)))
	})
	return keys
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

// appendString escapes as RFC 8785, 3.2.2.2 has it: as little as possible.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	for i := range len(s) {
		c := s[i]
		short := strings.IndexByte("\b\t\n\f\r", c)
		switch {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case short >= 0:
			b = append(b, '\\', "btnfr"[short])
		case c < 0x20:
			b = fmt.Appendf(b, `\u%04x`, c)
		default:
			b = append(b, c)
		}
	}
	return append(b, '"')
}
